package io.qlikbridge.background;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.tenant.Background;
import io.qlikbridge.trace.Spans;
import io.qlikbridge.transport.TenantProperties;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Does what is due at tenants: all connections at once, and a few pieces of work of each. Where a tenant is silent, its connection is
 * left alone until the next round; the others do not notice.
 */
@Component
public class BackgroundWorkers {

    private static final Logger log = LoggerFactory.getLogger(BackgroundWorkers.class);

    /** What is true of the tenant, and not of one user alone. */
    private static final Set<ProblemCode> AWAY =
            Set.of(ProblemCode.TENANT_UNREACHABLE, ProblemCode.TENANT_RATE_LIMITED);

    private static final Duration LONGEST_ROUND = Duration.ofSeconds(3);

    private final int permits;
    private final Spans spans;
    private final Set<Busy> busy = ConcurrentHashMap.newKeySet();

    public BackgroundWorkers(TenantProperties tenants, Spans spans) {
        this.spans = spans;
        this.permits = tenants.maxBackgroundConcurrency();
    }

    /** How many pieces of this kind of work are under way at one connection at once. */
    public int parallelism(BackgroundWork kind) {
        return kind.shareOf(permits);
    }

    /**
     * The same as {@link #run}, marked as work that nobody waits for. A connection that takes longer than a round goes on by itself,
     * and gets no more work of this kind until it is done: so a slow tenant is slow for itself. Each piece is a trace.
     */
    public <T> void inBackground(BackgroundWork kind, Map<ConnectionId, List<T>> due, Consumer<T> work) {
        List<CompletableFuture<?>> begun = new ArrayList<>();
        due.forEach((connection, pieces) -> {
            Busy now = new Busy(kind, connection);
            if (!pieces.isEmpty() && busy.add(now)) {
                Consumer<T> traced = piece -> spans.run(kind.spanName(), connection.value(), () -> work.accept(piece));
                begun.add(begin(
                                kind,
                                pieces,
                                piece -> Background.run(() -> traced.accept(piece)),
                                Thread.ofVirtual()::start)
                        .whenComplete((done, failed) -> busy.remove(now)));
            }
        });
        try {
            CompletableFuture.allOf(begun.toArray(CompletableFuture<?>[]::new))
                    .get(LONGEST_ROUND.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            log.debug("A tenant is slow; the next round goes on without it");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }

    /** Ends when all is done, or given up for this round. What is thrown for one piece of work is not its neighbour's. */
    public <T> void run(BackgroundWork kind, Map<ConnectionId, List<T>> due, Consumer<T> work) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Executor ours = Spans.carriedTo(threads);
            due.values().forEach(pieces -> begin(kind, pieces, work, ours));
        }
    }

    private <T> CompletableFuture<Void> begin(BackgroundWork kind, List<T> pieces, Consumer<T> work, Executor threads) {
        ConcurrentLinkedQueue<T> left = new ConcurrentLinkedQueue<>(pieces);
        return CompletableFuture.allOf(IntStream.range(0, Math.min(parallelism(kind), pieces.size()))
                .mapToObj(worker -> CompletableFuture.runAsync(() -> drain(left, work), threads))
                .toArray(CompletableFuture<?>[]::new));
    }

    /** Does the same on this thread. */
    public static <T> void inTurn(List<T> pieces, Consumer<T> work) {
        drain(new ConcurrentLinkedQueue<>(pieces), work);
    }

    private static <T> void drain(ConcurrentLinkedQueue<T> left, Consumer<T> work) {
        for (T piece = left.poll(); piece != null; piece = left.poll()) {
            try {
                work.accept(piece);
            } catch (BridgeException failure) {
                if (AWAY.contains(failure.code())) {
                    left.clear();
                }
            } catch (RuntimeException unexpected) {
                log.error("Background work on leases failed", unexpected);
            }
        }
    }

    private record Busy(BackgroundWork kind, ConnectionId connection) {}
}
