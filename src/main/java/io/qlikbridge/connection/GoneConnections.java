package io.qlikbridge.connection;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.qlikbridge.changes.Change;
import io.qlikbridge.changes.ChangeFeed;
import io.qlikbridge.changes.ChangeType;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Ends what is measured by {@link #LABEL} when the connection is gone: labels name the connections there are, and no others. */
@Component
class GoneConnections {

    static final String LABEL = "connection";

    private static final Logger log = LoggerFactory.getLogger(GoneConnections.class);

    private final ConnectionStore store;
    private final MeterRegistry registry;

    GoneConnections(ConnectionStore store, MeterRegistry registry, ChangeFeed changes) {
        this.store = store;
        this.registry = registry;
        // whoever tells the news shall not wait for the database
        changes.on(ChangeType.CONNECTION, change -> Thread.startVirtualThread(() -> tryToForget(change)));
    }

    void forget() {
        List<Meter> measured = registry.getMeters().stream()
                .filter(meter -> label(meter) != null)
                .toList();
        if (measured.isEmpty()) {
            return;
        }
        Set<String> there = store.ids().stream().map(ConnectionId::value).collect(Collectors.toSet());
        measured.stream().filter(meter -> !there.contains(label(meter))).forEach(registry::remove);
    }

    private void tryToForget(Change change) {
        try {
            if (!isOfOneThatIsThere(change)) {
                forget();
            }
        } catch (RuntimeException later) {
            log.debug("The connections could not be looked at", later);
        }
    }

    /** Most changes are: there are as many meters as connections, and to go through all of them takes its time. */
    private boolean isOfOneThatIsThere(Change change) {
        return change instanceof Change.OfConnection one
                && !store.known(List.of(new ConnectionId(one.id()))).isEmpty();
    }

    private static @Nullable String label(Meter meter) {
        return meter.getId().getName().startsWith("bridge.") ? meter.getId().getTag(LABEL) : null;
    }
}
