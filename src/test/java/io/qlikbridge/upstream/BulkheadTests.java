package io.qlikbridge.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.tenant.Background;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.transport.TenantProperties;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class BulkheadTests {

    private static final TenantCall CALL = TestCalls.read("https://one.example.org", "ada");
    private static final TenantCall ELSEWHERE = TestCalls.read("https://two.example.org", "ada");

    private final Bulkhead places = places(4, Duration.ofMillis(20));

    @Test
    void duringWhenAllPlacesAreTakenIsTooBusyAtThatTenantAlone() {
        inPlaces(4, () -> {
            assertTooBusy(places, CALL);
            assertThat(BulkheadTests.<String>during(places, ELSEWHERE, () -> "done"))
                    .isEqualTo("done");
        });

        assertThat(BulkheadTests.<String>during(places, CALL, () -> "done")).isEqualTo("done");
    }

    @Test
    void duringWhenTheWorkFailsGivesThePlaceBack() {
        for (int time = 0; time < 10; time++) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> during(places, CALL, () -> {
                        throw new IllegalStateException("broken");
                    }));
        }

        assertThat(BulkheadTests.<String>during(places, CALL, () -> "done")).isEqualTo("done");
        assertThat(places.tenants()).isZero();
    }

    @Test
    void duringWhenACallerWaitsGivesItThePlaceThatComesFree() throws InterruptedException {
        Bulkhead patient = places(1, Duration.ofSeconds(30));
        CountDownLatch waits = new CountDownLatch(1);
        AtomicBoolean served = new AtomicBoolean();
        Thread second = Thread.ofVirtual().unstarted(() -> {
            waits.countDown();
            during(patient, CALL, () -> {
                served.set(true);
                return "done";
            });
        });

        during(patient, CALL, () -> {
            second.start();
            await(waits);
            return "done";
        });
        second.join();

        assertThat(served).isTrue();
        assertThat(patient.tenants()).isZero();
    }

    @Test
    void duringWhenInterruptedGivesUpAndStaysInterrupted() {
        inPlaces(4, () -> {
            Thread.currentThread().interrupt();

            assertTooBusy(places, CALL);

            assertThat(Thread.interrupted()).isTrue();
        });
    }

    @Test
    void duringWhenInBackgroundHasAQuarterOfThePlaces() {
        Background.run(() -> during(places, CALL, () -> {
            assertTooBusy(places, CALL);
            return "done";
        }));
        Background.run(() -> during(places, CALL, () -> "its share came back"));
    }

    @Test
    void duringWhenInBackgroundDoesNotWait() {
        Bulkhead patient = places(1, Duration.ofDays(1));

        during(patient, CALL, () -> {
            Background.run(() -> assertTooBusy(patient, CALL));
            return "done";
        });
        // and has kept nothing of its share
        Background.run(() -> during(patient, CALL, () -> "done"));
    }

    @Test
    void duringWhenBackgroundHasItsShareLeavesTheOthers() {
        Background.run(() -> during(places, CALL, () -> {
            Thread foreground = Thread.ofVirtual().start(() -> inPlaces(3, () -> {}));
            join(foreground);
            return "done";
        }));
    }

    @Test
    void takeNowWhenAllPlacesAreTakenIsNone() {
        inPlaces(4, () -> assertThat(places.takeNow(CALL)).isNull());

        try (Bulkhead.Permit permit = places.takeNow(CALL)) {
            assertThat(permit).isNotNull();
        }
        assertThat(places.tenants()).isZero();
    }

    @Test
    void takeNowWhenManyComeAndGoGivesNoMorePlacesThanThereAre() throws Exception {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Callable<Integer> comesAndGoes = () -> {
            int taken = 0;
            for (int time = 0; time < 5_000; time++) {
                Bulkhead.Permit permit = places.takeNow(CALL);
                if (permit != null) {
                    most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                    underWay.decrementAndGet();
                    permit.close();
                    taken++;
                }
            }
            return taken;
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            // one alone may find none, where those who have them are kept waiting for the processor
            int all = 0;
            for (Future<Integer> taken : threads.invokeAll(Collections.nCopies(8, comesAndGoes))) {
                all += taken.get();
            }
            assertThat(all).isPositive();
        }

        assertThat(most.get()).isBetween(1, 4);
        assertThat(places.tenants()).isZero();
    }

    private void inPlaces(int number, Runnable work) {
        if (number == 0) {
            work.run();
            return;
        }
        during(places, CALL, () -> {
            inPlaces(number - 1, work);
            return "done";
        });
    }

    private static void assertTooBusy(Bulkhead places, TenantCall call) {
        assertThatExceptionOfType(TenantException.class)
                .isThrownBy(() -> during(places, call, () -> "done"))
                .satisfies(busy -> {
                    assertThat(busy.code()).isEqualTo(ProblemCode.TOO_BUSY);
                    assertThat(busy.retryAfter()).isPositive();
                    assertThat(busy.mayHaveActed()).isFalse();
                });
    }

    private static Bulkhead places(int number, Duration wait) {
        return new Bulkhead(
                new TenantProperties(Duration.ofSeconds(1), Duration.ofSeconds(1), number, wait, Duration.ZERO),
                new Crowds(Clock.systemUTC(), 1_000),
                new CallMeters(new SimpleMeterRegistry()));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static <T> T during(Bulkhead bulkhead, TenantCall call, Supplier<T> work) {
        try (Bulkhead.Permit permit = bulkhead.take(call)) {
            return work.get();
        }
    }
}
