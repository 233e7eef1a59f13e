package io.qlikbridge.check;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.username.Username;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What connections' last tests found: with a user, who goes the whole way, and with nobody. */
@Component
public class LastChecks {

    private final LastCheckStore store;
    private final Clock clock;

    LastChecks(LastCheckStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The last one of either kind. */
    public Optional<LastCheck> of(ConnectionId connection) {
        return store.of(connection).stream().max(Comparator.comparing(LastCheck::at));
    }

    /** The same of each of these connections that was tested, found with one look. */
    public Map<ConnectionId, LastCheck> of(Collection<ConnectionId> connections) {
        return store.of(connections);
    }

    /** The last one that was tried with a user. */
    public Optional<LastCheck> withUser(ConnectionId connection) {
        return store.of(connection).stream()
                .filter(check -> check.user() != null)
                .findFirst();
    }

    /** Of no effect when the connection is gone. */
    public void remember(ConnectionId connection, @Nullable Username user, CheckReport report) {
        String failed = report.checks().stream()
                .filter(check -> check.status() == CheckResult.Status.FAILED)
                .map(CheckResult::name)
                .findFirst()
                .orElse(null);
        store.put(connection, new LastCheck(clock.instant().truncatedTo(ChronoUnit.MICROS), user, failed));
    }
}
