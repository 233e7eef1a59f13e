package io.qlikbridge.impersonation;

import io.qlikbridge.cloudcall.CloudCall;
import io.qlikbridge.cloudcall.Patience;
import io.qlikbridge.cloudcall.TenantUser;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.Credential;
import io.qlikbridge.tenant.CredentialIssuer;
import io.qlikbridge.tenant.IssuedCredential;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.tenant.Terms;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Access tokens as the credentials that a tenant issues (contract, section 10). A tenant keeps no list of them that a bridge would look
 * through: one whose answer was lost ends by itself.
 */
@Component
public class ImpersonationIssuer implements CredentialIssuer {

    private static final Logger log = LoggerFactory.getLogger(ImpersonationIssuer.class);

    /** There is no maximum that is known; those that jobs were promised stay beside the one in use until they end. */
    private static final int TOKENS_OF_A_USER = 10;

    private final ImpersonationTokens tokens;
    private final TenantUser users;
    private final Patience patience;

    ImpersonationIssuer(ImpersonationTokens tokens, TenantUser users, Patience patience) {
        this.tokens = tokens;
        this.users = users;
        this.patience = patience;
    }

    @Override
    public IssuedCredential issue(Connection connection, Subject subject, String description, Runnable proceed) {
        Credential credential = patience.with(proceed, () -> tokens.token(connection, subject));
        proceed.run();
        try {
            return new IssuedCredential(credential, users.require(connection, CloudCall.showing(credential), subject));
        } catch (TenantException notKnownToBeTheUser) {
            giveUp(connection, credential, notKnownToBeTheUser);
            throw notKnownToBeTheUser;
        }
    }

    @Override
    public Terms terms(Connection connection) {
        return new Terms(
                ImpersonationTokens.USUAL_LIFETIME,
                ImpersonationTokens.USUAL_LIFETIME,
                TOKENS_OF_A_USER,
                true,
                "access tokens of connection " + connection.id() + " last " + ImpersonationTokens.USUAL_LIFETIME
                        + " at most",
                "have the job ask again while it runs, or use a connection that signs in by jwt and keeps API keys");
    }

    /** Ends a token, as far as the tenant revokes them; one that cannot be read any more ends by itself. */
    public void revoke(Connection connection, Credential credential) {
        if (credential.token().equals(Credential.LOST)) {
            return;
        }
        if (!tokens.revoke(connection, credential)) {
            log.warn(
                    "The tenant of connection {} does not revoke access tokens; {} ends at {}",
                    connection.id(),
                    credential.id(),
                    credential.expiresAt());
        }
    }

    /** Whether the credential of this id is one of ours. */
    public static boolean issued(String credentialId) {
        return credentialId.startsWith(ImpersonationTokens.ID);
    }

    private void giveUp(Connection connection, Credential credential, TenantException reason) {
        try {
            tokens.revoke(connection, credential);
        } catch (BridgeException notNow) {
            reason.addSuppressed(notNow);
        }
    }
}
