package io.qlikbridge.upkeep;

import io.qlikbridge.background.BackgroundWork;
import io.qlikbridge.background.BackgroundWorkers;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.trace.Spans;
import io.qlikbridge.transport.TenantProperties;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** {@link BackgroundWorkers} in virtual time: what they do together begins together, and the slowest of them counts. */
final class VirtualWorkers extends BackgroundWorkers {

    private final VirtualClock clock;

    VirtualWorkers(VirtualClock clock) {
        super(
                new Binder(new MapConfigurationPropertySource()).bindOrCreate("bridge.tenant", TenantProperties.class),
                Spans.toNobody());
        this.clock = clock;
    }

    @Override
    public <T> void inBackground(BackgroundWork kind, Map<ConnectionId, List<T>> due, Consumer<T> work) {
        run(kind, due, work);
    }

    @Override
    public <T> void run(BackgroundWork kind, Map<ConnectionId, List<T>> due, Consumer<T> work) {
        due.values().forEach(pieces -> drain(parallelism(kind), pieces, work));
    }

    private <T> void drain(int parallelism, List<T> pieces, Consumer<T> work) {
        boolean silent = false;
        for (int first = 0; first < pieces.size() && !silent; first += parallelism) {
            Instant begun = clock.instant();
            Instant done = begun;
            for (T piece : pieces.subList(first, Math.min(first + parallelism, pieces.size()))) {
                clock.set(begun);
                try {
                    work.accept(piece);
                } catch (BridgeException failure) {
                    silent |= failure.code().kind() == ProblemCode.Kind.UNAVAILABLE;
                }
                done = clock.instant().isAfter(done) ? clock.instant() : done;
            }
            clock.set(done);
        }
    }
}
