package io.qlikbridge.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenThrottleTests {

    private static final String HERE = "192.0.2.1";

    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private final TokenThrottle throttle = new TokenThrottle(() -> now);

    @Test
    void waitWhenSecretsGoOnBeingWrongDoublesUpToAMinute() {
        for (int wrong = 1; wrong < TokenThrottle.FREE; wrong++) {
            throttle.failed(HERE, "job");
            assertThat(throttle.wait(HERE, "job")).isZero();
        }
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            throttle.failed(HERE, "job");
            assertThat(throttle.wait(HERE, "job")).hasSeconds(seconds);
            now = now.plusSeconds(seconds);
            assertThat(throttle.wait(HERE, "job")).isZero();
        }
    }

    @Test
    void waitIsOfOneClientAtOneAddress() {
        fail(TokenThrottle.FREE);

        assertThat(throttle.wait(HERE, "job")).isPositive();
        assertThat(throttle.wait("192.0.2.2", "job")).isZero();
        assertThat(throttle.wait(HERE, "other")).isZero();
    }

    @Test
    void waitWhenASecretWasRightIsForgotten() {
        fail(TokenThrottle.FREE);
        throttle.succeeded(HERE, "job");
        throttle.failed(HERE, "job");

        assertThat(throttle.wait(HERE, "job")).isZero();
    }

    @Test
    void waitWhenNoSecretWasWrongForTenMinutesIsForgotten() {
        fail(TokenThrottle.FREE + 6);
        now = now.plus(Duration.ofMinutes(11));
        throttle.failed(HERE, "job");

        assertThat(throttle.wait(HERE, "job")).isZero();
    }

    @Test
    void tokenEndpointWhenSecretsWereWrongTooOftenAnswers429AndLooksAtNone() {
        Product bridge = Product.shared();
        String client = Product.name("guessed");
        String secret = bridge.post(
                        "/api/v1/clients",
                        Map.of("clientId", client, "scopes", new String[] {"bridge.apps"}, "users", "*".split(" ")))
                .expect(201)
                .json()
                .path("secret")
                .asString();
        for (int wrong = 0; wrong < TokenThrottle.FREE; wrong++) {
            ask(bridge, client, "wrong").expect(401);
        }

        Product.Answer throttled = ask(bridge, client, secret).expect(429);

        assertThat(Integer.parseInt(throttled.header("Retry-After"))).isBetween(1, 60);
        assertThat(throttled.json().path("error").asString()).isEqualTo("temporarily_unavailable");
        assertThat(throttled.text()).doesNotContain(secret);
        ask(bridge, "admin", Product.ADMIN_SECRET).expect(200);
    }

    private static Product.Answer ask(Product bridge, String client, String secret) {
        String basic = Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return bridge.exchange(bridge.request("/oauth2/token", null)
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials")));
    }

    private void fail(int times) {
        for (int wrong = 0; wrong < times; wrong++) {
            throttle.failed(HERE, "job");
        }
    }
}
