package io.qlikbridge.upkeep;

import io.qlikbridge.background.BackgroundWork;
import io.qlikbridge.background.BackgroundWorkers;
import io.qlikbridge.background.Backoff;
import io.qlikbridge.background.FairQueue;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.issuing.RenewalQueue;
import io.qlikbridge.issuing.RenewalQueue.Due;
import io.qlikbridge.lease.LeaseProperties;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.upstream.RateLimits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews keys in use before they expire, in the background: paced for each connection, those that expire first in front.
 * What fails is put off, and the key before it stays in use as long as it lives.
 */
class Renewal {

    private static final Logger log = LoggerFactory.getLogger(Renewal.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);

    /** Of what is left of a key's life, at most this part passes before the next attempt. */
    private static final int PART_OF_LIFE = 4;

    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(2);

    private final RenewalQueue queue;
    private final Renewer renewer;
    private final FairQueue turns;
    private final BackgroundWorkers workers;
    private final LeaseProperties properties;
    private final Clock clock;
    private final Backoff backoff;

    Renewal(
            RenewalQueue queue,
            Renewer renewer,
            Connections connections,
            RateLimits pauses,
            BackgroundWorkers workers,
            LeaseProperties properties,
            Clock clock) {
        this(queue, renewer, connections, pauses, workers, properties, clock, Backoff.UNSEEDED);
    }

    Renewal(
            RenewalQueue queue,
            Renewer renewer,
            Connections connections,
            RateLimits pauses,
            BackgroundWorkers workers,
            LeaseProperties properties,
            Clock clock,
            RandomGenerator random) {
        this.queue = queue;
        this.renewer = renewer;
        this.turns = new FairQueue(connections, pauses, properties.renewalsPerMinute(), clock);
        this.workers = workers;
        this.properties = properties;
        this.clock = clock;
        this.backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, random);
    }

    /** One round: as many as the pace allows by now. */
    void run() {
        Instant now = clock.instant();
        Instant usedSince = now.minus(properties.idlePeriod());
        workers.inBackground(
                BackgroundWork.RENEWAL,
                turns.of(
                        queue.connectionsDue(now, usedSince),
                        (connection, most) -> queue.due(connection, now, usedSince, most)),
                this::renew);
    }

    private void renew(Due due) {
        try {
            if (!renewer.renew(due)) {
                // nobody's lease as it stands; whoever asks next gets one that fits
                queue.notYet(due.lease(), due.expiresAt());
            }
        } catch (RuntimeException failure) {
            Instant next = clock.instant().plus(pause(due, failure));
            queue.notYet(due.lease(), next);
            log.warn(
                    "Lease {} on connection {} is not renewed yet, it expires at {} and is tried again at {}: {}",
                    due.lease(),
                    due.owner().connection(),
                    due.expiresAt(),
                    next,
                    failure instanceof BridgeException told ? told.detail() : "internal");
            throw failure;
        }
    }

    private Duration pause(Due due, RuntimeException failure) {
        Duration left = Duration.between(clock.instant(), due.expiresAt()).dividedBy(PART_OF_LIFE);
        Duration pause = backoff.after(due.attempts() + 1);
        Duration inTime = pause.compareTo(left) > 0 ? left : pause;
        Duration told = failure instanceof BridgeException said ? said.retryAfter() : null;
        Duration asked = told == null ? SHORTEST_PAUSE : told;
        return inTime.compareTo(asked) > 0 ? inTime : asked;
    }

    /** Renews one lease. */
    interface Renewer {

        /**
         * @return false when it can be nobody's lease any more: the user or the connection has changed
         * @throws BridgeException when it has to be tried again
         */
        boolean renew(Due due);
    }
}
