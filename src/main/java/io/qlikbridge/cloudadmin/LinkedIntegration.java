package io.qlikbridge.cloudadmin;

import io.qlikbridge.cloudsettings.CloudSettings;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionStore;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.probe.ProbeOutcome;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/** Gives a connection the id of its web integration, unless the connection leads elsewhere by now. */
@Component
class LinkedIntegration {

    private static final int MOST_TRIES = 3;

    private final Connections connections;
    private final ConnectionStore store;
    private final Clock clock;

    LinkedIntegration(Connections connections, ConnectionStore store, Clock clock) {
        this.connections = connections;
        this.store = store;
        this.clock = clock;
    }

    /** What else was changed meanwhile is kept. */
    void put(AdminVisit visit, String id) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Connection now = connections.of(visit.connection().id());
            if (!now.host().equals(visit.connection().host())
                    || !now.settings().equals(visit.connection().settings())) {
                break;
            }
            Connection linked = now.with(
                    CloudSettings.of(now).withWebIntegrationId(id),
                    clock.instant().truncatedTo(ChronoUnit.MICROS));
            if (replaced(now, linked)) {
                visit.changed(linked);
                return;
            }
        }
        throw ProbeOutcome.failed(
                "The connection was changed while it was set up, so it was not given the web integration.",
                "Look at the connection, and run the setup again.");
    }

    private boolean replaced(Connection now, Connection linked) {
        try {
            return store.replace(now, linked);
        } catch (OptimisticLockingFailureException changedThisMoment) {
            return false;
        }
    }
}
