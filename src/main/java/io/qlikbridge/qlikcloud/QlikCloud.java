package io.qlikbridge.qlikcloud;

import io.qlikbridge.cloudsettings.CloudSettings;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionType;
import io.qlikbridge.probe.ConnectionProbe;
import io.qlikbridge.tenant.AppCatalog;
import io.qlikbridge.tenant.ContentRelay;
import io.qlikbridge.tenant.CredentialIssuer;
import io.qlikbridge.tenant.Deployment;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Qlik Cloud: issues API keys, and does all that a deployment can. */
@Component
class QlikCloud implements Deployment {

    private final CloudTenant issuer;
    private final CloudApps catalog;
    private final CloudRelay relay;
    private final CloudProbe probe;

    QlikCloud(CloudTenant issuer, CloudApps catalog, CloudRelay relay, CloudProbe probe) {
        this.issuer = issuer;
        this.catalog = catalog;
        this.relay = relay;
        this.probe = probe;
    }

    @Override
    public ConnectionType type() {
        return CloudSettings.TYPE;
    }

    @Override
    public AppCatalog catalog() {
        return catalog;
    }

    @Override
    public ConnectionProbe probe() {
        return probe;
    }

    @Override
    public Optional<CredentialIssuer> issuer(Connection connection) {
        return Optional.of(issuer);
    }

    @Override
    public Optional<ContentRelay> relay() {
        return Optional.of(relay);
    }
}
