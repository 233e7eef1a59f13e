package io.qlikbridge.audit;

import io.qlikbridge.access.ClientNotSignedIn;
import io.qlikbridge.access.ClientSignedIn;
import io.qlikbridge.access.PersonSignedIn;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Writes down admins' sign-ins, and wrong secrets: the first of a client from an address at once, and how many came after it. All
 * clients that do not exist are counted together, so that a flood of names that are made up is bounded, and hides none that exists.
 */
@Component
class SignInTrail implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(SignInTrail.class);
    private static final Duration TOLD_EVERY = Duration.ofSeconds(5);
    private static final String CLIENT = "clientId";
    private static final String ADDRESS = "address";

    /** Of what all those count together that are no client. No client has this name. */
    private static final String NOBODY = "";

    /** What makes failures equal. */
    private record Failure(
            @Nullable String clientId, @Nullable String address) {}

    private final Trail trail;
    private final Clock clock;
    private final RefusalCounts<Failure> counts = new RefusalCounts<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("sign-in-trail").factory());

    SignInTrail(Trail trail, Clock clock) {
        this.trail = trail;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        timer.scheduleWithFixedDelay(
                () -> tell(false), TOLD_EVERY.toSeconds(), TOLD_EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
        tell(true);
    }

    @EventListener
    void on(ClientSignedIn event) {
        trail.write(
                Entry.of(Action.CLIENT_SIGN_IN).with(CLIENT, event.clientId()).with(ADDRESS, event.address()),
                "client:" + event.clientId());
    }

    @EventListener
    void on(PersonSignedIn event) {
        trail.write(
                Entry.of(Action.USER_SIGN_IN)
                        .about(event.username())
                        .with("issuer", event.issuer())
                        .with(ADDRESS, event.address()),
                "user:" + event.username());
    }

    @EventListener
    void on(ClientNotSignedIn event) {
        String clientId = event.clientId();
        String counted = event.known() && clientId != null ? clientId : NOBODY;
        Failure failure = new Failure(clientId, event.address());
        if (counts.isFirst(counted, failure, clock.instant())) {
            write(entry(failure), 1);
        }
    }

    /** @param all whether also what is still being counted */
    void tell(boolean all) {
        for (RefusalCounts.Counted<Failure> counted : counts.take(clock.instant(), all)) {
            Failure failure = counted.kind();
            String of = NOBODY.equals(counted.actor()) ? null : counted.actor();
            Entry entry = failure == null ? entry(new Failure(of, null)) : entry(failure);
            write(entry.with("count", counted.count()).with("since", counted.since()), counted.count());
        }
    }

    /** Nobody had signed in, so the bridge tells. Whoever was refused stays so, whether it can be written down or not. */
    private void write(Entry entry, long count) {
        try {
            trail.write(entry, Trail.BRIDGE);
        } catch (RuntimeException untold) {
            log.error("{} failed sign-ins could not be written into the audit", count, untold);
        }
    }

    private static Entry entry(Failure failure) {
        return Entry.of(Action.CLIENT_SIGN_IN)
                .failed()
                .with(CLIENT, failure.clientId())
                .with(ADDRESS, failure.address());
    }
}
