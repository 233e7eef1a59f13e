package io.qlikbridge.tenant;

import io.qlikbridge.connection.Connection;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds who speaks to the deployment behind a connection. */
@Component
public class Tenants {

    private final List<CredentialIssuer> issuers;
    private final List<CredentialRevoker> revokers;
    private final List<CredentialInventory> inventories;
    private final List<AppCatalog> catalogs;
    private final List<ContentRelay> relays;
    private final List<ConnectionProbe> probes;

    Tenants(
            List<CredentialIssuer> issuers,
            List<CredentialRevoker> revokers,
            List<CredentialInventory> inventories,
            List<AppCatalog> catalogs,
            List<ContentRelay> relays,
            List<ConnectionProbe> probes) {
        this.issuers = issuers;
        this.revokers = revokers;
        this.inventories = inventories;
        this.catalogs = catalogs;
        this.relays = relays;
        this.probes = probes;
    }

    public CredentialIssuer issuer(Connection connection) {
        return only(issuers, connection);
    }

    /** Empty where credentials end by themselves alone. */
    public Optional<CredentialRevoker> revoker(Connection connection) {
        return find(revokers, connection);
    }

    /** Empty where the tenant keeps no credentials. */
    public Optional<CredentialInventory> inventory(Connection connection) {
        return find(inventories, connection);
    }

    public AppCatalog catalog(Connection connection) {
        return only(catalogs, connection);
    }

    public ContentRelay relay(Connection connection) {
        return only(relays, connection);
    }

    public ConnectionProbe probe(Connection connection) {
        return only(probes, connection);
    }

    private static <T extends ForConnectionType> T only(List<T> all, Connection connection) {
        return find(all, connection)
                .orElseThrow(() -> new IllegalStateException("Nothing speaks to a " + connection.type()));
    }

    private static <T extends ForConnectionType> Optional<T> find(List<T> all, Connection connection) {
        return all.stream().filter(one -> one.type() == connection.type()).findFirst();
    }
}
