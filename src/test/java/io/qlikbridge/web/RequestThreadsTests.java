package io.qlikbridge.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RequestThreadsTests {

    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final CountDownLatch go = new CountDownLatch(1);

    @Test
    void executeWhenAllPlacesAreTakenWaitsForOne() throws InterruptedException {
        RequestThreads threads = new RequestThreads(3);
        CountDownLatch served = new CountDownLatch(100);

        for (int request = 0; request < 100; request++) {
            threads.execute(() -> serve(served));
        }

        await().until(() -> running.get() == 3);
        go.countDown();
        assertThat(served.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(most).hasValue(3);
    }

    @Test
    void executeWhenARequestFailsGivesItsPlaceBack() throws InterruptedException {
        RequestThreads threads = new RequestThreads(1);
        CountDownLatch served = new CountDownLatch(1);
        go.countDown();

        threads.execute(() -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, expected) -> {});
            throw new IllegalStateException("expected");
        });
        threads.execute(() -> serve(served));

        assertThat(served.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private void serve(CountDownLatch served) {
        most.accumulateAndGet(running.incrementAndGet(), Math::max);
        try {
            go.await();
        } catch (InterruptedException impatient) {
            throw new IllegalStateException(impatient);
        }
        running.decrementAndGet();
        served.countDown();
    }
}
