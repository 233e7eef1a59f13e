package io.qlikbridge.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.qlikbridge.wire.Capacity;
import io.qlikbridge.wire.RequestPermits;
import io.qlikbridge.wire.RequestPermits.Share;
import jakarta.servlet.Filter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

class RequestPermitsTests {

    private static final int PLACES = 3;

    private final RequestPermits places = new RequestPermits(new Capacity(480, 480, PLACES));
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final CountDownLatch go = new CountDownLatch(1);
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        callers.shutdownNow();
    }

    @Test
    void enterWhenAllPlacesAreTakenWaitsForOne() throws InterruptedException {
        CountDownLatch served = new CountDownLatch(100);

        for (int request = 0; request < 100; request++) {
            callers.execute(() -> serve(served));
        }

        await().until(() -> running.get() == PLACES && places.waiting(Share.SIGNED_IN) == 100 - PLACES);
        go.countDown();
        assertThat(served.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(most).hasValue(PLACES);
    }

    @Test
    void enterWhenTooManyWaitRefusesAtOnce() {
        CountDownLatch served = new CountDownLatch(1000);
        for (int request = 0; request < PLACES + 480 / 4; request++) {
            callers.execute(() -> serve(served));
        }
        await().until(() -> places.waiting(Share.SIGNED_IN) == 480 / 4);

        assertThat(places.enter(Share.SIGNED_IN)).isFalse();
    }

    @Test
    void enterWhenStrangersHoldAllOfTheirsHasOthersForWhoSignedInAndForProbes() {
        while (places.waiting(Share.STRANGERS) == 0) {
            callers.execute(() -> places.enter(Share.STRANGERS));
        }

        assertThat(places.enter(Share.SIGNED_IN)).isTrue();
        assertThat(places.enter(Share.PROBES)).isTrue();
    }

    /** More often than there are places: one that was kept would be missing in the end. */
    @Test
    void requestWhenItFailsGivesItsPlaceBack() {
        RequestPermits few = new RequestPermits(new Capacity(480, 480, 1));
        StrangersFilter strangers = new StrangersFilter(few, null);
        SignedInFilter signedIn = new SignedInFilter(few, null);

        for (int request = 0; request < 500; request++) {
            fails(strangers);
            SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken("ada", null, "any"));
            fails(signedIn);
            SecurityContextHolder.clearContext();
        }

        assertThat(few.enter(Share.STRANGERS)).isTrue();
        assertThat(few.enter(Share.SIGNED_IN)).isTrue();
    }

    private static void fails(Filter filter) {
        assertThatIllegalStateException()
                .isThrownBy(() -> filter.doFilter(
                        new MockHttpServletRequest("GET", "/any"),
                        new MockHttpServletResponse(),
                        (request, response) -> {
                            throw new IllegalStateException("expected");
                        }))
                .withMessage("expected");
    }

    private void serve(CountDownLatch served) {
        if (!places.enter(Share.SIGNED_IN)) {
            return;
        }
        most.accumulateAndGet(running.incrementAndGet(), Math::max);
        try {
            go.await();
        } catch (InterruptedException stopped) {
            return;
        } finally {
            running.decrementAndGet();
            places.leave(Share.SIGNED_IN);
        }
        served.countDown();
    }
}
