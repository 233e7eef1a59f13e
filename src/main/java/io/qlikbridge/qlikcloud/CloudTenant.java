package io.qlikbridge.qlikcloud;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionType;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.signing.SigningKeys;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.Credential;
import io.qlikbridge.tenant.CredentialIssuer;
import io.qlikbridge.tenant.CredentialRevoker;
import io.qlikbridge.tenant.IssuedCredential;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;

/** Qlik Cloud as a tenant: an assertion buys a session, and a session buys an API key. */
@Component
class CloudTenant implements CredentialIssuer, CredentialRevoker {

    private final SigningKeys keys;
    private final AssertionClaims claims;
    private final CloudApi api;
    private final ApiKeyMaker apiKeys;

    CloudTenant(SigningKeys keys, AssertionClaims claims, CloudApi api, ApiKeyMaker apiKeys) {
        this.keys = keys;
        this.claims = claims;
        this.api = api;
        this.apiKeys = apiKeys;
    }

    @Override
    public ConnectionType type() {
        return ConnectionType.QLIK_CLOUD;
    }

    @Override
    public IssuedCredential issue(Connection connection, Subject subject, String description) {
        CloudSession session = api.login(connection, keys.sign(connection.id(), claims.about(subject, connection)));
        return apiKeys.make(connection, session, description);
    }

    /** The key deletes itself, so no session is needed. One the tenant does not know or accept any more is gone. */
    @Override
    public void revoke(Connection connection, Credential credential) {
        CloudAnswer answer = api.deleteApiKey(connection, credential);
        HttpStatusCode status = answer.status();
        if (!status.is2xxSuccessful() && status.value() != 401 && status.value() != 404) {
            throw Refusals.refused(
                    ProblemCode.TENANT_REFUSED,
                    api.deletion(connection, credential),
                    answer,
                    "Delete the API key in the user's profile at the tenant.");
        }
    }
}
