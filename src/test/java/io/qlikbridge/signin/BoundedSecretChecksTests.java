package io.qlikbridge.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.qlikbridge.TestDatabase;
import io.qlikbridge.TestHttp;
import io.qlikbridge.TestHttp.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.bean.override.convention.TestBean;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "bridge.access.admin-secret=" + BoundedSecretChecksTests.SECRET)
@ContextConfiguration(initializers = TestDatabase.class)
class BoundedSecretChecksTests {

    static final String SECRET = "checked-slowly";
    private static final String GRANT = "grant_type=client_credentials";
    private static final SlowHashes ofTheServer = new SlowHashes();

    @TestBean
    private PasswordEncoder clientSecretHashes;

    @LocalServerPort
    private int port;

    static PasswordEncoder clientSecretHashes() {
        return new BoundedSecretChecks(ofTheServer, 1, Duration.ofMillis(200));
    }

    @Test
    void tokenWhenNoTurnComesInTimeIsUnavailableInTheFormOfOAuth() throws Exception {
        TestHttp http = new TestHttp(port);
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<Answer> first = threads.submit(() -> http.tokenRequest("admin", SECRET, GRANT));
            ofTheServer.begun.acquire();

            Answer second = http.tokenRequest("admin", SECRET, GRANT);
            ofTheServer.mayEnd.release();

            assertThat(second.status()).isEqualTo(503);
            assertThat(second.header("Retry-After")).isEqualTo("1");
            assertThat(second.header("Content-Type")).startsWith("application/json");
            assertThat(second.header("WWW-Authenticate")).isNull();
            assertThat(second.json().get("error").asString()).isEqualTo("temporarily_unavailable");
            assertThat(second.json().get("error_description").asString()).contains("Ask again");
            assertThat(first.get().status()).isEqualTo(200);
        }
        ofTheServer.mayEnd.release();
        assertThat(http.tokenRequest("admin", SECRET, GRANT).status()).isEqualTo(200);
    }

    @Test
    void matchesWhenManyComeAtOnceChecksNoMoreThanAllowed() throws Exception {
        SlowHashes hashes = new SlowHashes();
        BoundedSecretChecks checks = new BoundedSecretChecks(hashes, 2, Duration.ofSeconds(30));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> asked = IntStream.range(0, 10)
                    .mapToObj(number ->
                            threads.submit(() -> checks.matches("secret-" + number % 2, hashes.encode("secret-0"))))
                    .toList();
            hashes.begun.acquire(2);
            assertThat(hashes.begun.tryAcquire()).isFalse();
            hashes.mayEnd.release(10);

            for (int number = 0; number < 10; number++) {
                assertThat(asked.get(number).get()).isEqualTo(number % 2 == 0);
            }
        }
        assertThat(hashes.mostAtOnce).hasValue(2);
    }

    @Test
    void matchesWhenACheckFailsGivesItsTurnBack() {
        SlowHashes hashes = new SlowHashes();
        hashes.mayEnd.release(2);
        BoundedSecretChecks checks = new BoundedSecretChecks(hashes, 1, Duration.ZERO);

        assertThatIllegalStateException().isThrownBy(() -> checks.matches("broken", null));

        assertThat(checks.matches("a", hashes.encode("a"))).isTrue();
    }

    @Test
    void matchesWhenInterruptedWhileWaitingGivesUpAndStaysInterrupted() {
        BoundedSecretChecks checks = new BoundedSecretChecks(new SlowHashes(), 0, Duration.ofMinutes(1));
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(OAuth2AuthenticationException.class).isThrownBy(() -> checks.matches("a", "a"));

        assertThat(Thread.interrupted()).isTrue();
    }

    /** Checks that last until they are let go. */
    private static final class SlowHashes implements PasswordEncoder {

        private final Semaphore begun = new Semaphore(0);
        private final Semaphore mayEnd = new Semaphore(0);
        private final AtomicInteger running = new AtomicInteger();
        private final AtomicInteger mostAtOnce = new AtomicInteger();

        @Override
        public String encode(@Nullable CharSequence secret) {
            return "slow:" + secret;
        }

        @Override
        public boolean matches(@Nullable CharSequence secret, @Nullable String hash) {
            mostAtOnce.accumulateAndGet(running.incrementAndGet(), Math::max);
            begun.release();
            mayEnd.acquireUninterruptibly();
            running.decrementAndGet();
            if (hash == null) {
                throw new IllegalStateException("No hash");
            }
            return encode(secret).equals(hash);
        }
    }
}
