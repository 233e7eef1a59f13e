package io.qlikbridge.passthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.ConnectionType;
import io.qlikbridge.connection.SubjectPolicy;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.simulator.MovableClock;
import io.qlikbridge.tenant.ActingAs;
import io.qlikbridge.tenant.ContentRelay;
import io.qlikbridge.tenant.RelayedAnswer;
import io.qlikbridge.tenant.RelayedRequest;
import io.qlikbridge.upstream.Crowds;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProductInfosTests {

    private static final Connection CONNECTION = new Connection(
            new ConnectionId("main"),
            new ConnectionType("fake"),
            URI.create("https://one.example.org"),
            SubjectPolicy.MAPPED_ONLY,
            "{username}",
            null,
            Set::of,
            Instant.EPOCH,
            Instant.EPOCH);

    private final MovableClock clock = new MovableClock();
    private final Crowds crowds = new Crowds(clock, 8);
    private final Semaphore asked = new Semaphore(0);
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile Supplier<RelayedAnswer> tenant = () -> said("one");
    private final ProductInfos infos = new ProductInfos(crowds, clock);

    @AfterEach
    void end() {
        over.countDown();
    }

    @Test
    void ofIsAskedForOnceAMinute() throws Exception {
        eventually("one");
        assertThat(text()).isEqualTo("one");
        assertThat(asked.availablePermits()).isOne();

        tenant = () -> said("two");
        clock.pass(Duration.ofMinutes(2));
        // while it is asked, what it said before
        assertThat(text()).isIn("one", "two");
        asked.acquire(2);
        eventually("two");
    }

    @Test
    void ofWhenTheTenantIsSilentIsWaitedForASecondAndThenNotAtAll() {
        tenant = this::silent;
        long start = System.nanoTime();

        assertFails(ProblemCode.TENANT_UNREACHABLE);
        for (int call = 0; call < 1_000; call++) {
            assertFails(ProblemCode.TENANT_UNREACHABLE);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(crowds.held(CONNECTION.host())).isZero();
    }

    @Test
    void ofWhenTheTenantFallsSilentOrFailsIsWhatItSaidBefore() throws Exception {
        eventually("one");

        tenant = this::silent;
        clock.pass(Duration.ofMinutes(2));
        assertThat(text()).isEqualTo("one");
        asked.acquire(2);
        tenant = () -> {
            throw new BridgeException(ProblemCode.TENANT_UNREACHABLE, "gone");
        };
        over.countDown();
        for (int time = 0; time < 10; time++) {
            clock.pass(Duration.ofMinutes(2));
            assertThat(text()).isEqualTo("one");
        }
    }

    @Test
    void ofWhenAsManyWaitAsMayIsTooBusy() {
        tenant = this::silent;
        for (int waiting = 0; waiting < 4; waiting++) {
            crowds.join(CONNECTION.host());
        }

        assertFails(ProblemCode.TOO_BUSY);
    }

    private void eventually(String expected) throws Exception {
        for (int tries = 0; tries < 1_000; tries++) {
            try {
                if (text().equals(expected)) {
                    return;
                }
            } catch (BridgeException late) {
                // a machine that stands still for a second is a tenant that does
            }
            Thread.sleep(5);
        }
        assertThat(text()).isEqualTo(expected);
    }

    private String text() throws IOException {
        try (RelayedAnswer answer = infos.of(CONNECTION, new Relay(), "/product-info.json")) {
            return new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void assertFails(ProblemCode code) {
        assertThatExceptionOfType(BridgeException.class)
                .isThrownBy(() -> infos.of(CONNECTION, new Relay(), "/product-info.json"))
                .satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo(code);
                    assertThat(failure.retryAfter()).isPositive();
                });
    }

    private RelayedAnswer silent() {
        try {
            over.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        throw new BridgeException(ProblemCode.TENANT_UNREACHABLE, "silent");
    }

    private static RelayedAnswer said(String text) {
        return RelayedAnswer.whole(200, Map.of(), text.getBytes(StandardCharsets.UTF_8));
    }

    private final class Relay implements ContentRelay {

        @Override
        public List<Route> routes() {
            return List.of();
        }

        @Override
        public RelayedAnswer get(Connection connection, @Nullable ActingAs caller, RelayedRequest request) {
            asked.release();
            return tenant.get();
        }
    }
}
