package io.qlikbridge.qlikcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.tenant.Background;
import io.qlikbridge.tenant.Crowds;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.transport.TenantProperties;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class CloudPlacesTests {

    private static final CloudCall CALL = TestCalls.read("https://one.example.org", "ada");
    private static final CloudCall ELSEWHERE = TestCalls.read("https://two.example.org", "ada");

    private final CloudPlaces places = places(4, Duration.ofMillis(20));

    @Test
    void duringWhenAllPlacesAreTakenIsTooBusyAtThatTenantAlone() {
        inPlaces(4, () -> {
            assertTooBusy(places, CALL);
            assertThat(places.<String>during(ELSEWHERE, () -> "done")).isEqualTo("done");
        });

        assertThat(places.<String>during(CALL, () -> "done")).isEqualTo("done");
    }

    @Test
    void duringWhenTheWorkFailsGivesThePlaceBack() {
        for (int time = 0; time < 10; time++) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> places.during(CALL, () -> {
                        throw new IllegalStateException("broken");
                    }));
        }

        assertThat(places.<String>during(CALL, () -> "done")).isEqualTo("done");
        assertThat(places.tenants()).isZero();
    }

    @Test
    void duringWhenACallerWaitsGivesItThePlaceThatComesFree() throws InterruptedException {
        CloudPlaces patient = places(1, Duration.ofSeconds(30));
        CountDownLatch waits = new CountDownLatch(1);
        AtomicBoolean served = new AtomicBoolean();
        Thread second = Thread.ofVirtual().unstarted(() -> {
            waits.countDown();
            patient.during(CALL, () -> {
                served.set(true);
                return "done";
            });
        });

        patient.during(CALL, () -> {
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
        Background.run(() -> places.during(CALL, () -> {
            assertTooBusy(places, CALL);
            return "done";
        }));
        Background.run(() -> places.during(CALL, () -> "its share came back"));
    }

    @Test
    void duringWhenInBackgroundDoesNotWait() {
        CloudPlaces patient = places(1, Duration.ofDays(1));

        patient.during(CALL, () -> {
            Background.run(() -> assertTooBusy(patient, CALL));
            return "done";
        });
        // and has kept nothing of its share
        Background.run(() -> patient.during(CALL, () -> "done"));
    }

    @Test
    void duringWhenBackgroundHasItsShareLeavesTheOthers() {
        Background.run(() -> places.during(CALL, () -> {
            Thread foreground = Thread.ofVirtual().start(() -> inPlaces(3, () -> {}));
            join(foreground);
            return "done";
        }));
    }

    private void inPlaces(int number, Runnable work) {
        if (number == 0) {
            work.run();
            return;
        }
        places.during(CALL, () -> {
            inPlaces(number - 1, work);
            return "done";
        });
    }

    private static void assertTooBusy(CloudPlaces places, CloudCall call) {
        assertThatExceptionOfType(TenantException.class)
                .isThrownBy(() -> places.during(call, () -> "done"))
                .satisfies(busy -> {
                    assertThat(busy.code()).isEqualTo(ProblemCode.TOO_BUSY);
                    assertThat(busy.retryAfter()).isPositive();
                    assertThat(busy.mayHaveActed()).isFalse();
                });
    }

    private static CloudPlaces places(int number, Duration wait) {
        return new CloudPlaces(
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
}
