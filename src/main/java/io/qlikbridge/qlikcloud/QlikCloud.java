package io.qlikbridge.qlikcloud;

import io.qlikbridge.cloudsettings.CloudCredential;
import io.qlikbridge.cloudsettings.CloudSettings;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionType;
import io.qlikbridge.directread.DirectCalls;
import io.qlikbridge.probe.ConnectionProbe;
import io.qlikbridge.received.CopiedJson;
import io.qlikbridge.setup.TenantSetup;
import io.qlikbridge.tenant.ActingAs;
import io.qlikbridge.tenant.AppCatalog;
import io.qlikbridge.tenant.AppQuery;
import io.qlikbridge.tenant.ContentRelay;
import io.qlikbridge.tenant.CredentialIssuer;
import io.qlikbridge.tenant.Deployment;
import io.qlikbridge.tenant.RelayedRequest;
import io.qlikbridge.tenant.TokenOffer;
import io.qlikbridge.upstream.TenantCall;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Qlik Cloud: issues API keys, sessions or access tokens, and does all that a deployment can. */
@Component
class QlikCloud implements Deployment, DirectCalls {

    private final CloudCredentials credentials;
    private final CloudApps catalog;
    private final CloudRelay relay;
    private final CloudProbe probe;
    private final CloudItems items;
    private final TenantSetup setup;

    /** @param setup by its administration, which is a package of its own */
    QlikCloud(
            CloudCredentials credentials,
            CloudApps catalog,
            CloudRelay relay,
            CloudProbe probe,
            CloudItems items,
            TenantSetup setup) {
        this.credentials = credentials;
        this.catalog = catalog;
        this.relay = relay;
        this.probe = probe;
        this.items = items;
        this.setup = setup;
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
        return Optional.of(credentials.issuer(connection));
    }

    @Override
    public String kindOf(String credentialId) {
        return CloudCredentials.kindOf(credentialId)
                .name()
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
    }

    /** A session is shown by the bridge alone: its cookies would let a job do whatever the user may do in a browser. */
    @Override
    public TokenOffer tokens(Connection connection) {
        return CloudSettings.of(connection).issues() == CloudCredential.SESSION
                ? new TokenOffer.None(
                        "It keeps sessions, which never leave the bridge. Let the users make API keys (the permission \"Manage API"
                                + " keys\") and set keeps to api-keys, or set signIn to oauth-impersonation, whose access tokens"
                                + " jobs are handed.")
                : new TokenOffer.Issued();
    }

    @Override
    public Optional<TenantSetup> setup() {
        return Optional.of(setup);
    }

    @Override
    public Optional<ContentRelay> relay() {
        return Optional.of(relay);
    }

    @Override
    public TenantCall relayed(Connection connection, ActingAs caller, RelayedRequest request) {
        return CloudRelay.call(connection, caller, request);
    }

    @Override
    public TenantCall apps(Connection connection, ActingAs caller, AppQuery query) {
        String type = query.subType() == null ? CloudItems.ORDINARY_APPS : CloudItems.APPS;
        TenantCall call = items.call(connection, caller.requireCredential(), query, type);
        call.headers().set(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE);
        call.headers().set(HttpHeaders.ACCEPT_ENCODING, "gzip");
        return call;
    }

    @Override
    public boolean writeApps(byte[] bytes, int length, AppQuery query, OutputStream out) throws IOException {
        CopiedJson list = AppScan.list(bytes, 0, length, query.subType());
        if (list == null) {
            return false;
        }
        out.write(list.bytes(), 0, list.length());
        return true;
    }
}
