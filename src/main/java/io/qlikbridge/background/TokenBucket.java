package io.qlikbridge.background;

import io.qlikbridge.connection.ConnectionId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How much background work a connection gets: so many a minute, spread over it. What was not taken up is saved for a few
 * seconds only, so that no minute sees more than its share.
 */
class TokenBucket {

    private static final Duration SAVED = Duration.ofSeconds(5);
    private static final double SECONDS_PER_MINUTE = 60;

    private final double perSecond;
    private final double most;
    private final Clock clock;
    private final ConcurrentHashMap<ConnectionId, Budget> budgets = new ConcurrentHashMap<>();

    /** @param perMinute at least 1 */
    TokenBucket(int perMinute, Clock clock) {
        this.perSecond = perMinute / SECONDS_PER_MINUTE;
        this.most = Math.max(1, perSecond * SAVED.toSeconds());
        this.clock = clock;
    }

    /** How many may be done now. */
    int left(ConnectionId connection) {
        return (int) budget(connection, 0).tokens();
    }

    /** Takes so many of what is left. */
    void take(ConnectionId connection, int count) {
        budget(connection, count);
    }

    private Budget budget(ConnectionId connection, int taken) {
        Instant now = clock.instant();
        return budgets.compute(connection, (ignored, before) -> {
            double tokens = before == null ? most : Math.min(most, before.tokens() + before.age(now) * perSecond);
            return new Budget(tokens - taken, now);
        });
    }

    private record Budget(double tokens, Instant at) {

        private double age(Instant now) {
            return Math.max(0, Duration.between(at, now).toMillis() / 1000.0);
        }
    }
}
