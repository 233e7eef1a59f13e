package io.qlikbridge.qlikcloud;

import io.qlikbridge.apikey.ApiKeyIssuer;
import io.qlikbridge.cloudcall.KeptSession;
import io.qlikbridge.cloudsession.SessionIssuer;
import io.qlikbridge.cloudsettings.CloudCredential;
import io.qlikbridge.cloudsettings.CloudSettings;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.impersonation.ImpersonationIssuer;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.Credential;
import io.qlikbridge.tenant.CredentialInventory;
import io.qlikbridge.tenant.CredentialIssuer;
import io.qlikbridge.tenant.CredentialRevoker;
import io.qlikbridge.tenant.IssuedCredential;
import io.qlikbridge.tenant.Terms;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What a tenant issues, by the settings of a connection; and what it has issued by other settings before, which is ended all the same. */
@Component
class CloudCredentials implements CredentialRevoker {

    private final ApiKeyIssuer apiKeys;
    private final ImpersonationIssuer accessTokens;
    private final Map<CloudCredential, CredentialIssuer> issuers;

    CloudCredentials(ApiKeyIssuer apiKeys, SessionIssuer sessions, ImpersonationIssuer accessTokens) {
        this.apiKeys = apiKeys;
        this.accessTokens = accessTokens;
        this.issuers = Map.of(
                CloudCredential.API_KEY, new EndingAll(apiKeys),
                CloudCredential.SESSION, new EndingAll(sessions),
                CloudCredential.ACCESS_TOKEN, new EndingAll(accessTokens));
    }

    CredentialIssuer issuer(Connection connection) {
        return Objects.requireNonNull(issuers.get(CloudSettings.of(connection).issues()));
    }

    /** A session is not ended: there is no call for it, and nobody has its cookies but the bridge. */
    @Override
    public void revoke(Connection connection, Subject subject, Credential credential) {
        if (KeptSession.is(credential)) {
            return;
        }
        switch (kindOf(credential.id())) {
            case SESSION -> {}
            case ACCESS_TOKEN -> accessTokens.revoke(connection, credential);
            case API_KEY -> apiKeys.revoke(connection, subject, credential);
        }
    }

    /** What it is, as its id says. */
    static CloudCredential kindOf(String credentialId) {
        if (SessionIssuer.issued(credentialId)) {
            return CloudCredential.SESSION;
        }
        return ImpersonationIssuer.issued(credentialId) ? CloudCredential.ACCESS_TOKEN : CloudCredential.API_KEY;
    }

    /** An issuer whose connection may have credentials of another one. */
    private final class EndingAll implements CredentialIssuer {

        private final CredentialIssuer issuer;

        private EndingAll(CredentialIssuer issuer) {
            this.issuer = issuer;
        }

        @Override
        public IssuedCredential issue(Connection connection, Subject subject, String description, Runnable proceed) {
            return issuer.issue(connection, subject, description, proceed);
        }

        @Override
        public Terms terms(Connection connection) {
            return issuer.terms(connection);
        }

        @Override
        public Duration longestCall() {
            return issuer.longestCall();
        }

        @Override
        public Optional<CredentialRevoker> revoker() {
            return Optional.of(CloudCredentials.this);
        }

        @Override
        public Optional<CredentialInventory> inventory() {
            return issuer.inventory();
        }
    }
}
