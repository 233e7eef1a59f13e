package io.qlikbridge.background;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.upstream.RateLimits;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Whose turn it is in the background: of each connection as many as its pace allows by now, and none of one whose tenant
 * asked to be left alone. So no connection is in the way of another.
 */
public class FairQueue {

    private final Connections connections;
    private final RateLimits pauses;
    private final TokenBucket pace;

    /** @param perMinute of one connection at most */
    public FairQueue(Connections connections, RateLimits pauses, int perMinute, Clock clock) {
        this.connections = connections;
        this.pauses = pauses;
        this.pace = new TokenBucket(perMinute, clock);
    }

    /** @param some at most so many of a connection's */
    public <T> Map<ConnectionId, List<T>> of(List<ConnectionId> due, BiFunction<ConnectionId, Integer, List<T>> some) {
        Map<ConnectionId, List<T>> turns = new HashMap<>();
        for (ConnectionId id : due) {
            int most = connections.find(id).filter(this::isOpen).isPresent() ? pace.left(id) : 0;
            if (most > 0) {
                List<T> taken = some.apply(id, most);
                pace.take(id, taken.size());
                turns.put(id, taken);
            }
        }
        return turns;
    }

    private boolean isOpen(Connection connection) {
        return !pauses.left(connection.host()).isPositive();
    }
}
