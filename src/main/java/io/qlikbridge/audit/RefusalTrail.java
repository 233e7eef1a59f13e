package io.qlikbridge.audit;

import io.qlikbridge.access.RequestRefused;
import io.qlikbridge.connection.ConnectionId;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Writes down what clients and people were refused: the first of its kind at once, and how many equal ones came after it. */
@Component
class RefusalTrail implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(RefusalTrail.class);
    private static final Duration TOLD_EVERY = Duration.ofSeconds(5);
    private static final int LONGEST_PATH = 500;
    private static final Pattern CONNECTION =
            Pattern.compile("/api/v1/connections/([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(/.*)?");

    private final Trail trail;
    private final Clock clock;
    private final RefusalCounts<RefusalCounts.Kind> counts = new RefusalCounts<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("refusal-trail").factory());

    RefusalTrail(Trail trail, Clock clock) {
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
    void on(RequestRefused event) {
        String path = event.path();
        RefusalCounts.Kind kind = new RefusalCounts.Kind(
                event.code().slug(),
                event.method(),
                path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) : path);
        if (counts.isFirst(trail.actor(), kind, clock.instant())) {
            trail.write(entry(kind).about(event.user()));
        }
    }

    /** @param all whether also what is still being counted */
    private void tell(boolean all) {
        for (RefusalCounts.Counted<RefusalCounts.Kind> counted : counts.take(clock.instant(), all)) {
            RefusalCounts.Kind kind = counted.kind();
            Entry entry = kind == null ? Entry.of(Action.REQUEST_REFUSE).failed() : entry(kind);
            try {
                trail.write(
                        entry.with("count", counted.count()).with("since", counted.since()),
                        counted.actor() == null ? Trail.BRIDGE : counted.actor());
            } catch (RuntimeException untold) {
                log.error("{} refusals that were counted could not be written into the audit", counted.count(), untold);
            }
        }
    }

    private static Entry entry(RefusalCounts.Kind kind) {
        return Entry.of(Action.REQUEST_REFUSE)
                .on(connection(kind.path()))
                .with("method", kind.method())
                .with("path", kind.path())
                .failed()
                .with("code", kind.code());
    }

    /** The connection a path is about, whether there is one or not. */
    private static @Nullable ConnectionId connection(String path) {
        Matcher matcher = CONNECTION.matcher(path);
        return matcher.matches() ? new ConnectionId(matcher.group(1)) : null;
    }
}
