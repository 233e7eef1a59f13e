package io.qlikbridge.tokenexchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Token exchange requests of clients to a bridge. */
public record Exchanges(Product bridge) {

    static final String GRANT = "urn:ietf:params:oauth:grant-type:token-exchange";
    static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
    static final String JWT = "urn:ietf:params:oauth:token-type:jwt";
    static final String USERNAME = "urn:qlik-bridge:token-type:username";

    public record Client(String id, String secret) {}

    /** A client that may get tokens of these users, at all connections. */
    public Client client(String... users) {
        return client(Map.of("scopes", List.of("bridge.tokens"), "users", users));
    }

    Client clientAt(String connection, String... users) {
        return client(Map.of("scopes", List.of("bridge.tokens"), "users", users, "connections", List.of(connection)));
    }

    Client client(Map<String, Object> settings) {
        Map<String, Object> body = new HashMap<>(settings);
        String id = Product.name("exchange");
        body.put("clientId", id);
        return new Client(
                id,
                bridge.post("/api/v1/clients", body)
                        .expect(201)
                        .json()
                        .path("secret")
                        .asString());
    }

    public Product.Answer username(Client client, String connection, String user) {
        return of(client, "subject_token", user, "subject_token_type", USERNAME, "audience", connection);
    }

    Product.Answer token(Client client, String connection, String token) {
        return of(client, "subject_token", token, "subject_token_type", ACCESS_TOKEN, "audience", connection);
    }

    /** @param parameters names and values by turns */
    Product.Answer of(Client client, String... parameters) {
        String form = IntStream.range(0, parameters.length / 2)
                .mapToObj(
                        pair -> Product.encoded(parameters[2 * pair]) + "=" + Product.encoded(parameters[2 * pair + 1]))
                .collect(Collectors.joining("&"));
        return form(client, "grant_type=" + Product.encoded(GRANT) + (form.isEmpty() ? "" : "&" + form));
    }

    Product.Answer form(Client client, String form) {
        String both = Product.encoded(client.id()) + ":" + Product.encoded(client.secret());
        return bridge.exchange(bridge.request("/oauth2/token", null)
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    /** Checks that it is this error, described with these words in the characters of RFC 6749, section 5.2. */
    static Product.Answer expectError(Product.Answer answer, int status, String error, String... words) {
        answer.expect(status);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.json().path("error").asString()).as(answer.text()).isEqualTo(error);
        assertThat(answer.json().path("error_description").asString())
                .contains(Arrays.asList(words))
                .matches("[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]+");
        if (status == 503) {
            assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
        }
        return answer;
    }
}
