package io.qlikbridge.tenant;

import io.qlikbridge.connection.ConnectionType;
import io.qlikbridge.paging.Page;
import io.qlikbridge.probe.ConnectionProbe;
import java.util.List;

/** A deployment that issues nothing: it is told the subject, and shows it an app of its name. */
public class KeylessDeployment implements Deployment {

    @Override
    public ConnectionType type() {
        return FakeKind.TYPE;
    }

    @Override
    public AppCatalog catalog() {
        return (connection, caller, query) ->
                new Page<>(List.of(FakeDeployment.app(caller.subject().value())), null);
    }

    @Override
    public ConnectionProbe probe() {
        return (connection, request) -> List.of();
    }
}
