package io.qlikbridge.tenantsetup;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import java.time.Duration;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Lets one request at a time set a connection up, over all replicas, so that nothing is made twice. Another waits, and finds what was
 * made. No database connection is held meanwhile.
 */
@Component
class SetupClaims {

    /** Put off before each change; a call to a tenant takes less. */
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

    private final SetupClaimStore store;
    private final Connections connections;

    SetupClaims(SetupClaimStore store, Connections connections) {
        this.store = store;
        this.connections = connections;
    }

    /** {@code conflict} when another request has not come to its end after half a minute. */
    Held take(ConnectionId connection) {
        UUID operation = UUID.randomUUID();
        long begun = System.nanoTime();
        while (!store.claim(connection, operation, DEADLINE)) {
            connections.of(connection);
            if (System.nanoTime() - begun > LONGEST_WAIT.toNanos()) {
                throw underWay(connection);
            }
            pause(connection);
        }
        return new Held(connection, operation);
    }

    private static void pause(ConnectionId connection) {
        try {
            Thread.sleep(BETWEEN_TRIES);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw underWay(connection);
        }
    }

    private static BridgeException underWay(ConnectionId connection) {
        return new BridgeException(
                ProblemCode.CONFLICT,
                "The connection " + connection + " is being set up by another request. Ask again when that has ended.",
                null,
                BETWEEN_TRIES.multipliedBy(25),
                null);
    }

    /** The right to set a connection up. */
    final class Held implements AutoCloseable {

        private final ConnectionId connection;
        private final UUID operation;

        private Held(ConnectionId connection, UUID operation) {
            this.connection = connection;
            this.operation = operation;
        }

        /** Puts the deadline off; {@code conflict} when another request took over meanwhile. */
        void proceed() {
            if (!store.putOff(connection, operation, DEADLINE)) {
                throw underWay(connection);
            }
        }

        @Override
        public void close() {
            store.release(connection, operation);
        }
    }
}
