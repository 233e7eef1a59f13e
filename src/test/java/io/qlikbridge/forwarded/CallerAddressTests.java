package io.qlikbridge.forwarded;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.OneAtATime;
import io.qlikbridge.Product;
import io.qlikbridge.Product.Answer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** By which address a caller came, as proxies tell it. */
@OneAtATime
class CallerAddressTests {

    private static final Product bridge = Product.undisturbed();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Forwarded-Proto: https|https://127.0.0.1",
                "X-Forwarded-Proto: https, http|https://127.0.0.1",
                "X-Forwarded-Proto: HTTPS;X-Forwarded-Host: bridge.example.org|https://bridge.example.org",
                "X-Forwarded-Proto: https;X-Forwarded-Host: bridge.example.org:8443|https://bridge.example.org:8443",
                "X-Forwarded-Proto: https;X-Forwarded-Host: bridge.example.org:443|https://bridge.example.org",
                "X-Forwarded-Host: bridge.example.org:8080|http://bridge.example.org:8080",
                "X-Forwarded-Proto: https;X-Forwarded-Host: bridge.example.org;X-Forwarded-Port: 8443|https://bridge.example.org:8443",
                "X-Forwarded-Proto: https, http;X-Forwarded-Host: bridge.example.org, inner:8080;X-Forwarded-For: 203.0.113.7, 10.0.0.1|https://bridge.example.org",
                "X-Forwarded-Proto: https;X-Forwarded-Host: [2001:db8::1]:8443|https://[2001:db8::1]:8443",
                "X-Forwarded-Proto: https;X-Forwarded-Host: bridge.example.org;X-Forwarded-Prefix: /bridge|https://bridge.example.org/bridge",
                "X-Forwarded-Proto: https;X-Forwarded-Host: bridge.example.org;X-Forwarded-Prefix: /a/, /b|https://bridge.example.org/a/b",
                "X-Forwarded-Proto: https;X-Forwarded-Host: bridge.example.org;X-Forwarded-Prefix: /|https://bridge.example.org",
                "Forwarded: for=203.0.113.7;proto=https;host=bridge.example.org|https://bridge.example.org",
                "Forwarded: for=\"[2001:db8::1]\";host=\"bridge.example.org:8443\";proto=https, for=10.0.0.1;proto=http|https://bridge.example.org:8443"
            })
    void metadataNamesTheAddressThatTheCallerUsed(String headers, String address) {
        assertThat(issuer(headers)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Prefix: //evil.example",
                "X-Forwarded-Prefix: https://evil.example",
                "X-Forwarded-Prefix: /evil\"x",
                "X-Forwarded-Prefix: /../evil",
                "X-Forwarded-Prefix: /a/../evil",
                "X-Forwarded-Prefix: /evil%0d%0ax",
                "X-Forwarded-Prefix: /\\evil",
                "X-Forwarded-Prefix: /a?evil",
                "X-Forwarded-Host: evil.example/path",
                "X-Forwarded-Host: me@evil.example",
                "X-Forwarded-Host: evil.example:99999999",
                "X-Forwarded-Host: \"evil\"",
                "X-Forwarded-Proto: javascript",
                "X-Forwarded-Port: evil",
                "Forwarded: proto=evil;host=\"evil/x\""
            })
    void headerThatIsMalformedSaysNothing(String header) {
        assertThat(issuer(header))
                .startsWith("http://")
                .doesNotContain("evil")
                .endsWith(":" + bridge.url().split(":")[2]);
    }

    @Test
    void locationOfWhatIsMadeIsBelowThePrefix() {
        String body = JsonMapper.shared().writeValueAsString(Map.of("username", Product.name("prefixed")));
        Answer made = bridge.exchange(with(bridge.request("/api/v1/users", bridge.adminToken())
                                .header("Content-Type", "application/json"))
                        .POST(BodyPublishers.ofString(body)))
                .expect(201);

        assertThat(made.header("Location")).contains("/bridge/api/v1/users/");
    }

    @Test
    void problemNamesThePathThatTheCallerUsedAndScopesHold() {
        Answer problem =
                bridge.exchange(with(bridge.request("/api/v1/users", null)).GET());
        Answer none = bridge.exchange(
                with(bridge.request("/qlik/nowhere/api/v1/items", null)).GET());

        assertThat(problem.expectProblem(401, "unauthenticated")
                        .json()
                        .path("instance")
                        .asString())
                .isEqualTo("/bridge/api/v1/users");
        assertThat(none.expectProblem(401, "unauthenticated")
                        .json()
                        .path("instance")
                        .asString())
                .isEqualTo("/bridge/qlik/nowhere/api/v1/items");
    }

    @Test
    void descriptionNamesTheServerBelowThePrefix() {
        Answer json = bridge.exchange(with(bridge.request("/v3/api-docs", null)).GET())
                .expect(200);
        String yaml = undescribed("/v3/api-docs.yaml");

        assertThat(json.json().at("/servers/0/url").asString()).isEqualTo("/bridge");
        assertThat(json.json()
                        .at("/components/securitySchemes/client/flows/clientCredentials/tokenUrl")
                        .asString())
                .isEqualTo("/bridge/oauth2/token");
        assertThat(yaml).contains("url: /bridge\n", "tokenUrl: /bridge/oauth2/token\n");
    }

    /** The description does not describe its own other form. */
    private static String undescribed(String path) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(with(bridge.request(path, null)).GET().build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void pageToTryTheApiIsBelowThePrefix() {
        Answer redirect =
                bridge.exchange(with(bridge.request("/swagger-ui.html", null)).GET());

        assertThat(redirect.status()).isEqualTo(302);
        assertThat(redirect.header("Location")).contains("/bridge/swagger-ui/");
    }

    private static HttpRequest.Builder with(HttpRequest.Builder request) {
        return request.header("X-Forwarded-Prefix", "/bridge")
                .header("X-Forwarded-Proto", "https, http")
                .header("X-Forwarded-Host", "bridge.example.org:8443");
    }

    private static String issuer(String headers) {
        HttpRequest.Builder request = bridge.request("/.well-known/oauth-authorization-server", null);
        // Forwarded itself holds semicolons
        for (String header : headers.startsWith("Forwarded:") ? new String[] {headers} : headers.split(";")) {
            int colon = header.indexOf(':');
            request.header(
                    header.substring(0, colon), header.substring(colon + 1).strip());
        }
        return bridge.exchange(request.GET()).expect(200).json().path("issuer").asString();
    }
}
