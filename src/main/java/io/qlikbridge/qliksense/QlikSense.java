package io.qlikbridge.qliksense;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionType;
import io.qlikbridge.probe.ConnectionProbe;
import io.qlikbridge.sensesettings.CertificateSettings;
import io.qlikbridge.sensesettings.JwtSettings;
import io.qlikbridge.sensesettings.SenseSettings;
import io.qlikbridge.tenant.AppCatalog;
import io.qlikbridge.tenant.ContentRelay;
import io.qlikbridge.tenant.CredentialIssuer;
import io.qlikbridge.tenant.Deployment;
import io.qlikbridge.tenant.TokenOffer;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** A client-managed Qlik Sense site: names users where the bridge has its certificates, and opens sessions for them where it has not. */
@Component
class QlikSense implements Deployment {

    private final SenseSessions sessions;
    private final SenseTokens tokens;
    private final SenseApps catalog;
    private final SenseRelay relay;
    private final SenseProbe probe;

    QlikSense(SenseSessions sessions, SenseTokens tokens, SenseApps catalog, SenseRelay relay, SenseProbe probe) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.catalog = catalog;
        this.relay = relay;
        this.probe = probe;
    }

    @Override
    public ConnectionType type() {
        return SenseSettings.TYPE;
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
        return connection.settings() instanceof JwtSettings ? Optional.of(sessions) : Optional.empty();
    }

    @Override
    public String kindOf(String credentialId) {
        return "session";
    }

    @Override
    public TokenOffer tokens(Connection connection) {
        return switch (SenseSettings.of(connection)) {
            case CertificateSettings certificates ->
                new TokenOffer.None(
                        "It signs in with the site's certificates, which act for any user and never leave the"
                                + " bridge. Read through the bridge (/qlik/" + connection.id()
                                + "/qrs/…), or have an admin make a connection with signIn jwt, whose users have tokens.");
            case JwtSettings jwt -> new TokenOffer.Signed(tokens);
        };
    }

    @Override
    public Optional<ContentRelay> relay() {
        return Optional.of(relay);
    }
}
