package io.qlikbridge.replica;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says every half minute that this replica runs, takes it back when it ends, and knows what the others say. */
@Component
public class Replicas implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Replicas.class);
    private static final Duration SAID_EACH = Duration.ofSeconds(30);
    private static final Duration SHOWN = Duration.ofHours(1);
    private static final Duration KEPT = Duration.ofDays(1);
    private static final int LONGEST_NAME = 100;

    private final ReplicaStore store;
    private final Clock clock;
    private final UUID id = UUID.randomUUID();
    private final String name;
    private final String version;
    private final Instant startedAt;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("replica").factory());
    private volatile boolean told;

    Replicas(ReplicaStore store, Environment environment, ObjectProvider<BuildProperties> build, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.name = cut(Optional.ofNullable(environment.getProperty("HOSTNAME"))
                .filter(host -> !host.isBlank())
                .orElseGet(() -> ManagementFactory.getRuntimeMXBean().getName()));
        this.version = build.stream()
                .map(BuildProperties::getVersion)
                .filter(known -> known != null && !known.isBlank())
                .findFirst()
                .orElse("development");
        this.startedAt = now();
    }

    /** Those that have been seen in the last hour and did not end in order, in the order of their start. */
    public List<Replica> seen() {
        return store.since(clock.instant().minus(SHOWN));
    }

    /** This one. */
    public UUID own() {
        return id;
    }

    /** Of this one; {@code development} where it was not packaged. */
    public String version() {
        return version;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        timer.scheduleWithFixedDelay(this::say, 0, SAID_EACH.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
        if (told) {
            try {
                store.gone(id);
            } catch (RuntimeException away) {
                log.debug("The end of this replica could not be noted", away);
            }
        }
    }

    private void say() {
        try {
            Instant now = now();
            store.seen(new Replica(id, name, version, startedAt, now));
            store.forget(now.minus(KEPT));
            told = true;
        } catch (RuntimeException away) {
            // that the database is away, others say loudly enough
            told = false;
            log.debug("It could not be noted that this replica runs", away);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static String cut(String name) {
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }
}
