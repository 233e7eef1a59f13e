package io.qlikbridge.passthrough;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionType;
import io.qlikbridge.tenant.Deployment;
import io.qlikbridge.tenant.Deployments;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What of each kind of deployment can be read through the bridge. */
@Component
class AllowLists {

    private final Map<ConnectionType, AllowList> byType;
    private final Set<String> credentialParameters;

    AllowLists(Deployments deployments) {
        this.byType = deployments.all().stream()
                .filter(deployment -> deployment.relay().isPresent())
                .collect(Collectors.toUnmodifiableMap(
                        Deployment::type,
                        deployment ->
                                new AllowList(deployment.relay().orElseThrow().routes())));
        this.credentialParameters = deployments.all().stream()
                .flatMap(deployment -> deployment.relay().stream())
                .flatMap(relay -> relay.credentialParameters().stream())
                .map(PassedQuery::form)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The names of query parameters that show a credential of any kind of deployment, as {@link PassedQuery#form} has them. */
    Set<String> credentialParameters() {
        return credentialParameters;
    }

    /** An entry that lets a path pass, whatever the kind of deployment behind the connection. */
    Optional<AllowList.Entry> findAny(PassedPath path) {
        return byType.values().stream()
                .flatMap(list -> list.find(path.relative()).stream())
                .findFirst();
    }

    /** The entry that lets a path pass on this connection. */
    Optional<AllowList.Entry> find(Connection connection, PassedPath path) {
        return Optional.ofNullable(byType.get(connection.type())).flatMap(list -> list.find(path.relative()));
    }
}
