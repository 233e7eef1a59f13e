package io.qlikbridge.apikey;

import io.qlikbridge.cloudcall.CloudCall;
import io.qlikbridge.cloudsession.CloudSession;
import io.qlikbridge.cloudsession.CloudSignIns;
import io.qlikbridge.cloudsettings.ApiKeyExpiry;
import io.qlikbridge.cloudsettings.ApiKeyMaximums;
import io.qlikbridge.cloudsettings.CloudSettings;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.Credential;
import io.qlikbridge.tenant.CredentialInventory;
import io.qlikbridge.tenant.CredentialIssuer;
import io.qlikbridge.tenant.IssuedCredential;
import io.qlikbridge.tenant.Terms;
import io.qlikbridge.upstream.TenantAnswer;
import io.qlikbridge.upstream.TenantCall;
import io.qlikbridge.upstream.TenantHttp;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** API keys as the credentials that a tenant issues: an assertion buys a session, and a session buys an API key. */
@Component
public class ApiKeyIssuer implements CredentialIssuer {

    /** Of the five that a tenant allows by default. */
    private static final int KEYS_OF_A_USER = 2;

    private final CloudSignIns signIns;
    private final ApiKeyMaker maker;
    private final CloudApiKeys apiKeys;
    private final CloudInventory inventory;
    private final ApiKeyMaximums maximums;
    private final TenantHttp http;

    ApiKeyIssuer(
            CloudSignIns signIns,
            ApiKeyMaker maker,
            CloudApiKeys apiKeys,
            CloudInventory inventory,
            ApiKeyMaximums maximums,
            TenantHttp http) {
        this.signIns = signIns;
        this.maker = maker;
        this.apiKeys = apiKeys;
        this.inventory = inventory;
        this.maximums = maximums;
        this.http = http;
    }

    @Override
    public IssuedCredential issue(Connection connection, Subject subject, String description, Runnable proceed) {
        CloudSession session = signIns.signIn(connection, subject, proceed);
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
    public Optional<CredentialInventory> inventory() {
        return Optional.of(inventory);
    }

    /** The key deletes itself, so no session is needed, unless the tenant does not accept it. */
    public void revoke(Connection connection, Subject subject, Credential credential) {
        if (credential.token().equals(Credential.LOST)) {
            endSignedIn(connection, subject, credential);
            return;
        }
        TenantCall call = apiKeys.deletion(connection, CloudCall.showing(credential), credential.id());
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
