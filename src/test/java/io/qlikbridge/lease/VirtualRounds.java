package io.qlikbridge.lease;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.tenant.TenantProperties;
import io.qlikbridge.trace.Spans;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The hands of {@link Rounds} in virtual time: what they do together begins together, and the slowest of them counts. */
final class VirtualRounds extends Rounds {

    private final VirtualClock clock;

    VirtualRounds(VirtualClock clock) {
        super(
                new Binder(new MapConfigurationPropertySource()).bindOrCreate("bridge.tenant", TenantProperties.class),
                Spans.toNobody());
        this.clock = clock;
    }

    @Override
    <T> void inBackground(String kind, Map<ConnectionId, List<T>> due, Consumer<T> work) {
        run(due, work);
    }

    @Override
    <T> void run(Map<ConnectionId, List<T>> due, Consumer<T> work) {
        due.values().forEach(pieces -> workOff(pieces, work));
    }

    private <T> void workOff(List<T> pieces, Consumer<T> work) {
        boolean silent = false;
        for (int first = 0; first < pieces.size() && !silent; first += hands()) {
            Instant begun = clock.instant();
            Instant done = begun;
            for (T piece : pieces.subList(first, Math.min(first + hands(), pieces.size()))) {
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
