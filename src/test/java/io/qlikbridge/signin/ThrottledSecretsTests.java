package io.qlikbridge.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.qlikbridge.OneAtATime;
import io.qlikbridge.Product;
import io.qlikbridge.client.ClientSecret;
import io.qlikbridge.client.Clients;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;

@OneAtATime
class ThrottledSecretsTests {

    private static final String SECRET = "s".repeat(ClientSecret.MOST_BYTES);

    private static final String ADMIN_SECRET = "t".repeat(ClientSecret.MOST_BYTES);
    private static final String SECOND_SECRET = "u".repeat(ClientSecret.MOST_BYTES);

    private final CountedHashes hashes = new CountedHashes();
    private final RegisteredClientRepository clients = new InMemoryRegisteredClientRepository(
            client("job", hashes.encode(SECRET)),
            client("without-a-secret", null),
            client(Clients.ADMIN, hashes.encode(ADMIN_SECRET)),
            RegisteredClient.from(client("second", hashes.encode(SECOND_SECRET)))
                    .scope("bridge.admin")
                    .build());
    private final List<Object> events = new ArrayList<>();
    private final AuthenticationProvider secrets = ThrottledSecrets.checking(
            clients,
            new BoundedSecretChecks(hashes, 1, Duration.ofSeconds(1)),
            new TokenThrottle(Clock.systemUTC()),
            new SignIns(clients, events::add));

    @Test
    void hashOfNobodysSecretCostsAsMuchAsThatOfAnyOther() {
        PasswordEncoder product = PasswordEncoderFactories.createDelegatingPasswordEncoder();

        assertThat(product.encode(SECRET))
                .startsWith(ThrottledSecrets.NOBODYS.substring(0, "{bcrypt}$2a$10$".length()));
        assertThat(product.upgradeEncoding(ThrottledSecrets.NOBODYS)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "job, wrong",
        "nobody, wrong",
        "without-a-secret, wrong",
        "job, ''",
        "nobody, ''",
        "job, 80",
        "nobody, 80",
        "JOB, 72",
        "' job', 72",
    })
    void authenticateWhenTheSecretIsWrongComputesOneHashWhoeverItIs(String client, String secret) {
        String sent = secret.matches("\\d+") ? "s".repeat(Integer.parseInt(secret)) : secret;

        assertThatExceptionOfType(OAuth2AuthenticationException.class)
                .isThrownBy(() -> secrets.authenticate(asked(client, sent)))
                .satisfies(
                        refused -> assertThat(refused.getError().getErrorCode()).isEqualTo("invalid_client"));
        assertThat(hashes.computed).hasSize(1);
        assertThat(hashes.computed.getFirst()).as("what BCrypt takes as it is").hasSizeBetween(1, 72);
    }

    @Test
    void authenticateWhenTheSecretIsRightComputesOneHash() {
        assertThat(secrets.authenticate(asked("job", SECRET)).isAuthenticated()).isTrue();

        assertThat(hashes.computed).hasSize(1);
    }

    @Test
    void authenticateWhenAnAdminSucceedsTells() {
        secrets.authenticate(asked(Clients.ADMIN, ADMIN_SECRET));
        secrets.authenticate(asked("second", SECOND_SECRET));
        secrets.authenticate(asked("job", SECRET));

        assertThat(events).containsExactly(new ClientSignedIn(Clients.ADMIN, null), new ClientSignedIn("second", null));
    }

    @Test
    void authenticateWhenTheSecretIsWrongTellsOfWhomButNeverASecret() {
        String likeASecret = "x".repeat(43);
        for (String client : List.of("job", "nobody", likeASecret, "a\u0000b", "a b")) {
            assertThatExceptionOfType(OAuth2AuthenticationException.class)
                    .isThrownBy(() -> secrets.authenticate(asked(client, "wrong")));
        }

        assertThat(events)
                .containsExactly(
                        new ClientNotSignedIn("job", true, null),
                        new ClientNotSignedIn("nobody", false, null),
                        new ClientNotSignedIn(null, false, null),
                        new ClientNotSignedIn(null, false, null),
                        new ClientNotSignedIn(null, false, null));
    }

    @Test
    void tokenEndpointAnswersTheSameWhetherTheClientExistsOrNot() {
        Product bridge = Product.undisturbed();
        String client = Product.name("known");
        bridge.post("/api/v1/clients", Map.of("clientId", client, "scopes", new String[] {"bridge.apps"}))
                .expect(201);

        List<String> ofKnown = new ArrayList<>();
        List<String> ofUnknown = new ArrayList<>();
        for (int wrong = 0; wrong <= TokenThrottle.FREE; wrong++) {
            ofKnown.add(shown(ask(bridge, client, "wrong")));
            ofUnknown.add(shown(ask(bridge, client + "-not", "wrong")));
        }

        assertThat(ofUnknown).isEqualTo(ofKnown);
    }

    private static Product.Answer ask(Product bridge, String client, String secret) {
        return bridge.exchange(bridge.request("/oauth2/token", null)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "grant_type=client_credentials&client_id=" + client + "&client_secret=" + secret)));
    }

    private static String shown(Product.Answer answer) {
        Map<String, List<String>> headers =
                new TreeMap<>(answer.response().headers().map());
        headers.keySet().removeAll(List.of("date", "x-request-id"));
        return answer.status() + " " + headers + " " + answer.text();
    }

    private static OAuth2ClientAuthenticationToken asked(String client, String secret) {
        return new OAuth2ClientAuthenticationToken(
                client, ClientAuthenticationMethod.CLIENT_SECRET_BASIC, secret, null);
    }

    private static RegisteredClient client(String id, @Nullable String hash) {
        return RegisteredClient.withId("row-of-" + id)
                .clientId(id)
                .clientSecret(hash)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .build();
    }

    private static final class CountedHashes implements PasswordEncoder {

        private final List<String> computed = new ArrayList<>();

        @Override
        public String encode(@Nullable CharSequence secret) {
            return "hash of " + secret;
        }

        @Override
        public boolean matches(@Nullable CharSequence secret, @Nullable String hash) {
            computed.add(String.valueOf(secret));
            return encode(secret).equals(hash);
        }
    }
}
