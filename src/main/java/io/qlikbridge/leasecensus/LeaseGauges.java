package io.qlikbridge.leasecensus;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.lease.LeaseMeters;
import io.qlikbridge.lease.LeaseState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Shows the leases that have not ended ({@code bridge.leases}), those in use whose renewal is more than ten minutes late
 * ({@code bridge.lease.renewal.overdue}), and the seconds to the nearest expiry of one in use ({@code
 * bridge.lease.expiry.seconds}, negative once it is over; absent where none is in use). Every replica counts all of them, each
 * half minute and in the background. While the database is away nothing is shown: nobody knows.
 */
@Component
class LeaseGauges implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(LeaseGauges.class);
    private static final Duration COUNTED_EACH = Duration.ofSeconds(30);
    private static final double MILLIS_A_SECOND = 1_000;

    private final LeaseCensus census;
    private final LeaseHistoryStore history;
    private final Connections connections;
    private final LeaseMeters meters;
    private final Clock clock;
    private final MultiGauge leases;
    private final MultiGauge overdue;
    private final MultiGauge expiry;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("lease-gauges").factory());

    LeaseGauges(
            LeaseCensus census,
            LeaseHistoryStore history,
            Connections connections,
            LeaseMeters meters,
            MeterRegistry registry,
            Clock clock) {
        this.census = census;
        this.history = history;
        this.connections = connections;
        this.meters = meters;
        this.clock = clock;
        this.leases = MultiGauge.builder("bridge.leases")
                .description("Leases that have not ended")
                .register(registry);
        this.overdue = MultiGauge.builder("bridge.lease.renewal.overdue")
                .description("Leases in use whose renewal is more than ten minutes late")
                .register(registry);
        this.expiry = MultiGauge.builder("bridge.lease.expiry.seconds")
                .description("Seconds to the nearest expiry of a lease in use")
                .register(registry);
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        timer.scheduleWithFixedDelay(this::tryRefresh, 0, COUNTED_EACH.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
    }

    void refresh() {
        List<ConnectionId> known = connections.ids();
        known.forEach(meters::begin);
        CountedLeases counted = census.count();
        show(known, counted.leases());
        note(counted);
    }

    /** A database that takes no changes at the moment shows its leases all the same. */
    private void note(CountedLeases counted) {
        try {
            history.note(counted);
        } catch (DataAccessException | TransactionException later) {
            log.debug("The count of the leases could not be kept", later);
        }
    }

    private void tryRefresh() {
        try {
            refresh();
        } catch (RuntimeException away) {
            log.debug("The leases could not be counted", away);
            show(List.of(), List.of());
        }
    }

    private void show(List<ConnectionId> known, List<LivingLeases> counted) {
        List<Row<?>> counts = new ArrayList<>();
        List<Row<?>> late = new ArrayList<>();
        List<Row<?>> ends = new ArrayList<>();
        for (ConnectionId connection : known) {
            Tags tags = Tags.of("connection", connection.value());
            Map<LeaseState, LivingLeases> states = new EnumMap<>(LeaseState.class);
            counted.stream()
                    .filter(one -> one.connection().equals(connection))
                    .forEach(one -> states.put(one.state(), one));
            LeaseCensus.STATES.forEach(state -> {
                LivingLeases of = states.get(state);
                counts.add(Row.of(tags.and("state", state.slug()), of == null ? 0 : of.count()));
            });
            LivingLeases active = states.get(LeaseState.ACTIVE);
            late.add(Row.of(tags, active == null ? 0 : active.overdue()));
            Instant nearest = active == null ? null : active.nearestExpiry();
            if (nearest != null) {
                ends.add(Row.of(tags, nearest, this::secondsTo));
            }
        }
        // replacing those of the same labels, whose number is another by now
        leases.register(counts, true);
        overdue.register(late, true);
        expiry.register(ends, true);
    }

    private double secondsTo(Instant end) {
        return Duration.between(clock.instant(), end).toMillis() / MILLIS_A_SECOND;
    }
}
