package io.qlikbridge.lease;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.tenant.Background;
import io.qlikbridge.tenant.TenantProperties;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Works off what is due at tenants, all connections at once and each with a few hands. Where a tenant is silent, its
 * connection is left alone until the next round; the others do not notice.
 */
@Component
class Rounds {

    private static final Logger log = LoggerFactory.getLogger(Rounds.class);

    /** Renewals, revocations and the look for orphans go on side by side, and share what background work gets. */
    private static final int KINDS_OF_WORK = 3;

    private final int hands;

    Rounds(TenantProperties tenants) {
        this.hands = Math.max(1, tenants.maxBackgroundConcurrency() / KINDS_OF_WORK);
    }

    /** How many pieces of work of one connection are under way at once. */
    int hands() {
        return hands;
    }

    /** The same as {@link #run}, marked as work that nobody waits for. */
    <T> void inBackground(Map<ConnectionId, List<T>> due, Consumer<T> work) {
        run(due, piece -> Background.run(() -> work.accept(piece)));
    }

    /** Ends when all is done, or given up for this round. What is thrown for one piece of work is not its neighbour's. */
    <T> void run(Map<ConnectionId, List<T>> due, Consumer<T> work) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            due.forEach((connection, pieces) -> {
                ConcurrentLinkedQueue<T> left = new ConcurrentLinkedQueue<>(pieces);
                for (int hand = 0; hand < Math.min(hands, pieces.size()); hand++) {
                    CompletableFuture.runAsync(() -> workOff(left, work), threads);
                }
            });
        }
    }

    /** Does the same on this thread. */
    static <T> void inTurn(List<T> pieces, Consumer<T> work) {
        workOff(new ConcurrentLinkedQueue<>(pieces), work);
    }

    private static <T> void workOff(ConcurrentLinkedQueue<T> left, Consumer<T> work) {
        for (T piece = left.poll(); piece != null; piece = left.poll()) {
            try {
                work.accept(piece);
            } catch (BridgeException failure) {
                if (failure.code().kind() == ProblemCode.Kind.UNAVAILABLE) {
                    left.clear();
                }
            } catch (RuntimeException unexpected) {
                log.error("Background work on leases failed", unexpected);
            }
        }
    }
}
