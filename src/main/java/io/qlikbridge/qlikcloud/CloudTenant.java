package io.qlikbridge.qlikcloud;

import io.qlikbridge.cloudsettings.ApiKeyExpiry;
import io.qlikbridge.cloudsettings.ApiKeyMaximums;
import io.qlikbridge.cloudsettings.CloudSettings;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.signing.SigningKeys;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.Background;
import io.qlikbridge.tenant.Credential;
import io.qlikbridge.tenant.CredentialInventory;
import io.qlikbridge.tenant.CredentialIssuer;
import io.qlikbridge.tenant.CredentialRevoker;
import io.qlikbridge.tenant.IssuedCredential;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.tenant.Terms;
import io.qlikbridge.transport.TenantProperties;
import io.qlikbridge.upstream.TenantAnswer;
import io.qlikbridge.upstream.TenantCall;
import io.qlikbridge.upstream.TenantHttp;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Qlik Cloud as a tenant: an assertion buys a session, and a session buys an API key. */
@Component
class CloudTenant implements CredentialIssuer, CredentialRevoker {

    /** Of the five that a tenant allows by default. */
    private static final int KEYS_OF_A_USER = 2;

    private final SigningKeys keys;
    private final AssertionClaims claims;
    private final CloudSessions sessions;
    private final ApiKeyMaker maker;
    private final CloudApiKeys apiKeys;
    private final CloudInventory inventory;
    private final ApiKeyMaximums maximums;
    private final TenantHttp http;
    private final TenantProperties properties;

    CloudTenant(
            SigningKeys keys,
            AssertionClaims claims,
            CloudSessions sessions,
            ApiKeyMaker maker,
            CloudApiKeys apiKeys,
            CloudInventory inventory,
            ApiKeyMaximums maximums,
            TenantHttp http,
            TenantProperties properties) {
        this.keys = keys;
        this.claims = claims;
        this.sessions = sessions;
        this.maker = maker;
        this.apiKeys = apiKeys;
        this.inventory = inventory;
        this.maximums = maximums;
        this.http = http;
        this.properties = properties;
    }

    @Override
    public IssuedCredential issue(Connection connection, Subject subject, String description, Runnable proceed) {
        proceed.run();
        CloudSession session;
        try {
            session = login(connection, subject);
        } catch (TenantException limited) {
            if (!fitsARequest(limited)) {
                throw limited;
            }
            // waits the pause out, and goes with another assertion: the one before may count as used
            proceed.run();
            session = login(connection, subject);
        }
        return maker.make(connection, session, description, proceed);
    }

    @Override
    public Terms terms(Connection connection) {
        ApiKeyExpiry effective = maximums.effectiveExpiry(connection);
        return new Terms(
                effective.duration(),
                CloudSettings.of(connection).apiKeyExpiry().duration(),
                KEYS_OF_A_USER,
                true,
                "API keys of connection " + connection.id() + " last " + effective + " at most",
                "raise the maximum in the tenant's administration and PUT the connection again with that apiKeyExpiry");
    }

    @Override
    public Optional<CredentialRevoker> revoker() {
        return Optional.of(this);
    }

    @Override
    public Optional<CredentialInventory> inventory() {
        return Optional.of(inventory);
    }

    private CloudSession login(Connection connection, Subject subject) {
        return sessions.login(connection, keys.sign(connection, claims.about(subject, connection)));
    }

    private boolean fitsARequest(TenantException limited) {
        Duration pause = limited.retryAfter();
        return limited.code() == ProblemCode.TENANT_RATE_LIMITED
                && pause != null
                && pause.compareTo(properties.patience()) <= 0
                && !Background.isUnderWay();
    }

    /** The key deletes itself, so no session is needed, unless the tenant does not accept it. */
    @Override
    public void revoke(Connection connection, Subject subject, Credential credential) {
        if (credential.token().equals(Credential.LOST)) {
            endSignedIn(connection, subject, credential);
            return;
        }
        TenantCall call = apiKeys.deletion(connection, CloudCall.bearer(credential), credential.id());
        TenantAnswer answer = http.exchange(call);
        if (answer.status().value() == 401) {
            endSignedIn(connection, subject, credential);
            return;
        }
        apiKeys.requireDeleted(call, answer);
    }

    private void endSignedIn(Connection connection, Subject subject, Credential credential) {
        CredentialInventory.Visit visit = inventory.visit(connection, subject, null);
        visit.described("").stream()
                .filter(key -> key.id().equals(credential.id()))
                .forEach(visit::end);
    }
}
