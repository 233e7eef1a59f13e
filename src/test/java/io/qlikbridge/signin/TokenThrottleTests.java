package io.qlikbridge.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Door;
import io.qlikbridge.Product;
import io.qlikbridge.ThroughBothDoors;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ThroughBothDoors
class TokenThrottleTests {

    @Parameter
    Door door;

    private static final CallerAddress HERE = CallerAddress.of("192.0.2.1");
    private static final CallerAddress THERE = CallerAddress.of("192.0.2.2");

    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private final TokenThrottle throttle = new TokenThrottle(() -> now);

    @Test
    void takeWhenSecretsGoOnBeingWrongWaitsTwiceAsLongUpToAMinute() {
        for (int wrong = 1; wrong < TokenThrottle.FREE; wrong++) {
            taken(HERE, "job").failed();
            taken(HERE, "job").abandoned();
        }
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            taken(HERE, "job").failed();
            assertThat(refused(HERE, "job")).hasSeconds(seconds);
            now = now.plusSeconds(seconds);
        }
    }

    @Test
    void takeIsOfOneClientAtOneAddress() {
        fail(TokenThrottle.FREE);

        assertThat(refused(HERE, "job")).isPositive();
        assertThat(taken(THERE, "job").delay()).isZero();
        assertThat(taken(HERE, "other").delay()).isZero();
    }

    @Test
    void takeWhenManyComeAtOnceLetsNoMoreThroughThanInARow() {
        List<TokenThrottle.Try> underWay = new ArrayList<>();
        for (int asked = 0; asked < 60; asked++) {
            if (throttle.take(HERE, "job") instanceof TokenThrottle.Try next) {
                underWay.add(next);
            }
        }
        assertThat(underWay).hasSize(TokenThrottle.FREE);

        underWay.forEach(TokenThrottle.Try::failed);
        assertThat(refused(HERE, "job")).hasSeconds(1);
        now = now.plusSeconds(1);
        taken(HERE, "job");
        assertThat(throttle.take(HERE, "job")).as("one at a time from then on").isInstanceOf(TokenThrottle.Busy.class);
    }

    @Test
    void takeWhenManyRightOnesComeAtOnceHoldsNoneOfThemBackForLong() {
        for (int asked = 0; asked < 200; asked++) {
            TokenThrottle.Try next = taken(HERE, "job");
            assertThat(next.delay()).isZero();
            next.succeeded();
        }
    }

    @Test
    void takeWhenASecretWasRightForgetsTheWrongOnes() {
        fail(TokenThrottle.FREE - 1);
        taken(HERE, "job").succeeded();
        fail(TokenThrottle.FREE - 1);

        taken(HERE, "job");
    }

    @Test
    void takeWhenNoSecretWasWrongForTenMinutesForgetsTheWrongOnes() {
        failOverTime(TokenThrottle.FREE + 6);
        now = now.plus(Duration.ofMinutes(11));
        taken(HERE, "job").failed();

        taken(HERE, "job");
    }

    @Test
    void takeWhenTheSecretWasNotLookedAtDoesNotCount() {
        for (int asked = 0; asked < 200; asked++) {
            TokenThrottle.Try next = taken(HERE, "job");
            assertThat(next.delay()).isZero();
            next.abandoned();
        }
    }

    @Test
    void takeWhenWrongSecretsComeFromManyAddressesKeepsAPaceForThemAll() {
        int lookedAt = 0;
        Duration longest = Duration.ZERO;
        for (int number = 0; number < 1000; number++) {
            if (throttle.take(CallerAddress.of("198.51." + number / 250 + "." + number % 250), "job")
                    instanceof TokenThrottle.Try next) {
                longest = next.delay().compareTo(longest) > 0 ? next.delay() : longest;
                next.failed();
                lookedAt++;
            }
        }

        assertThat(lookedAt).isBetween(ClientPace.FREE, ClientPace.FREE + 3);
        assertThat(longest).isPositive().isLessThanOrEqualTo(ClientPace.LONGEST_WAIT);
        assertThat(taken(HERE, "other").delay()).isZero();
    }

    @Test
    void takeWhenTheClientIsUnderAttackDoesNotSlowAnAddressThatHadTheRightSecret() {
        taken(HERE, "job").succeeded();
        attackFromEverywhere();

        assertThat(taken(HERE, "job").delay()).isZero();
        assertThat(throttle.take(THERE, "job")).isInstanceOf(TokenThrottle.Refused.class);
    }

    @Test
    void takeWhenTheAttackIsFromAddressesThatAreKnownLetsANewOneIn() {
        for (int number = 0; number < 12; number++) {
            taken(CallerAddress.of("198.51.100." + number), "job").failed();
        }
        for (int second = 0; second < 300; second++) {
            for (int number = 0; number < 12; number++) {
                if (throttle.take(CallerAddress.of("198.51.100." + number), "job") instanceof TokenThrottle.Try next) {
                    next.failed();
                }
            }
            now = now.plusSeconds(1);
        }

        assertThat(taken(HERE, "job").delay()).isZero();
    }

    @Test
    void takeWhenTheAttackIsOverForgets() {
        attackFromEverywhere();
        now = now.plusSeconds(ClientPace.FREE + 5);

        assertThat(taken(HERE, "job").delay()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "made-up, also-made-up",
        "'', unknown",
        "192.0.2.1, 192.0.2.1:4711",
        "192.0.2.1, ::ffff:192.0.2.1",
        "2001:db8::1, 2001:db8::ffff:1",
        "2001:db8::1, [2001:DB8::7]:443",
    })
    void addressWhenWrittenOtherwiseOrMadeUpIsTheSame(String one, String other) {
        assertThat(CallerAddress.of(one)).isEqualTo(CallerAddress.of(other));
    }

    @Test
    void addressesOfOthersAreOthers() {
        assertThat(List.of("192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8:0:1::1", "made-up").stream()
                        .map(CallerAddress::of))
                .doesNotHaveDuplicates();
    }

    @Test
    void tokenEndpointWhenSecretsWereWrongTooOftenAnswers429AndLooksAtNone() {
        Product bridge = door.product();
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

    @Test
    void tokenEndpointWhenTheClientIsSpelledOtherwiseCountsOn() throws Exception {
        Product bridge = door.product();
        String client = "a" + Product.name("spelled");
        String rest = client.substring(1);
        List<Product.Answer> answers = List.of(
                ask(bridge, client, "wrong"),
                ask(bridge, "%61" + rest, "wrong"),
                form(bridge, "client_id=" + client + "&client_secret=wrong"),
                form(bridge, "client_id=%61" + rest + "&client_secret=wrong"),
                ask(bridge, client.replace("-", "%2D"), "wrong"));
        assertThat(answers).extracting(Product.Answer::status).containsOnly(401);

        // within the second after which there may be another try
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Product.Answer> byHeader = threads.submit(() -> ask(bridge, client.replace("-", "%2d"), "wrong"));
            Future<Product.Answer> byForm =
                    threads.submit(() -> form(bridge, "client_id=" + client + "&client_secret=wrong"));
            assertThat(byHeader.get().status()).isEqualTo(429);
            assertThat(byForm.get().status()).isEqualTo(429);
        }
    }

    @Test
    void tokenEndpointWhenManyAskAtOnceLooksAtFive() throws Exception {
        Product bridge = door.product();
        String client = Product.name("at-once");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> asked = IntStream.range(0, 40)
                    .mapToObj(number ->
                            threads.submit(() -> ask(bridge, client, "wrong").status()))
                    .toList();
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> one : asked) {
                statuses.add(one.get());
            }
            assertThat(statuses).containsOnly(401, 429);
            // a second later there may be another try
            assertThat(Collections.frequency(statuses, 401)).isBetween(TokenThrottle.FREE, TokenThrottle.FREE + 2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"made-up-%d, 10.1.2.3", "made-up-%d", "198.51.100.7:%d, 10.1.2.3", "2001:db8::%d"})
    void tokenEndpointWhenTheAddressIsMadeUpSlowsAllTheSame(String forwarded) {
        Product bridge = door.product();
        String client = Product.name("made-up");
        List<Integer> statuses = new ArrayList<>();
        for (int number = 0; number <= TokenThrottle.FREE; number++) {
            statuses.add(ask(bridge, client, "wrong", forwarded.formatted(1000 + number))
                    .status());
        }

        assertThat(statuses).startsWith(401, 401, 401, 401, 401).endsWith(429);
    }

    @Test
    void tokenEndpointWhenEachAddressIsAnotherSlowsTheClientAndLocksItNotOut() {
        Product bridge = door.product();
        String client = Product.name("attacked");
        String secret = bridge.post(
                        "/api/v1/clients",
                        Map.of("clientId", client, "scopes", new String[] {"bridge.apps"}, "users", "*".split(" ")))
                .expect(201)
                .json()
                .path("secret")
                .asString();
        ask(bridge, client, secret, "203.0.113.99, 10.1.2.3").expect(200);
        List<Integer> statuses = new ArrayList<>();
        for (int number = 0; number < ClientPace.FREE + 2; number++) {
            statuses.add(ask(bridge, client, "wrong", "203.0.113." + number + ", 10.1.2.3")
                    .status());
        }

        assertThat(statuses).containsOnly(401);
        ask(bridge, client, secret, "203.0.113.99, 10.1.2.3").expect(200);
        ask(bridge, client, secret, "203.0.113.200, 10.1.2.3").expect(200);
    }

    private static Product.Answer ask(Product bridge, String client, String secret) {
        return ask(bridge, client, secret, null);
    }

    private static Product.Answer ask(Product bridge, String client, String secret, @Nullable String forwardedFor) {
        String basic = Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
        HttpRequest.Builder request = bridge.request("/oauth2/token", null).header("Authorization", "Basic " + basic);
        if (forwardedFor != null) {
            request.header("X-Forwarded-For", forwardedFor);
        }
        return bridge.exchange(request.header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials")));
    }

    private static Product.Answer form(Product bridge, String credentials) {
        return bridge.exchange(bridge.request("/oauth2/token", null)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials&" + credentials)));
    }

    private void attackFromEverywhere() {
        for (int number = 0; number < 200; number++) {
            if (throttle.take(CallerAddress.of("198.51.100." + number), "job") instanceof TokenThrottle.Try next) {
                next.failed();
            }
        }
    }

    private TokenThrottle.Try taken(CallerAddress address, String client) {
        return assertThat(throttle.take(address, client))
                .asInstanceOf(InstanceOfAssertFactories.type(TokenThrottle.Try.class))
                .actual();
    }

    private Duration refused(CallerAddress address, String client) {
        return assertThat(throttle.take(address, client))
                .asInstanceOf(InstanceOfAssertFactories.type(TokenThrottle.Refused.class))
                .actual()
                .retryAfter();
    }

    private void fail(int times) {
        for (int wrong = 0; wrong < times; wrong++) {
            taken(HERE, "job").failed();
        }
    }

    private void failOverTime(int times) {
        for (int wrong = 0; wrong < times; wrong++) {
            taken(HERE, "job").failed();
            now = now.plusSeconds(60);
        }
    }
}
