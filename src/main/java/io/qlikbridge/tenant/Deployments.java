package io.qlikbridge.tenant;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The kinds of deployments that there are adapters for. */
@Component
public class Deployments {

    private final Map<ConnectionType, Deployment> byType;

    public Deployments(List<Deployment> deployments) {
        this.byType = deployments.stream().collect(Collectors.toUnmodifiableMap(Deployment::type, Function.identity()));
    }

    /** What speaks to the deployment behind a connection. */
    public Deployment of(Connection connection) {
        Deployment deployment = byType.get(connection.type());
        if (deployment == null) {
            throw new IllegalStateException("Nothing speaks to a " + connection.type());
        }
        return deployment;
    }

    public Collection<Deployment> all() {
        return byType.values();
    }

    /** Empty where nothing is issued. */
    public Optional<CredentialIssuer> issuer(Connection connection) {
        return of(connection).issuer(connection);
    }

    /** Empty where credentials end by themselves alone. */
    public Optional<CredentialRevoker> revoker(Connection connection) {
        return issuer(connection).flatMap(CredentialIssuer::revoker);
    }

    /** Empty where the tenant keeps no credentials. */
    public Optional<CredentialInventory> inventory(Connection connection) {
        return issuer(connection).flatMap(CredentialIssuer::inventory);
    }
}
