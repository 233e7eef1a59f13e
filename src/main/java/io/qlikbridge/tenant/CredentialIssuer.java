package io.qlikbridge.tenant;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.subject.Subject;
import java.time.Duration;
import java.util.Optional;

/** Obtains a credential that acts as a subject. Deployments that act for a subject without one have none. */
public interface CredentialIssuer {

    /** Begins the description of every credential a bridge has had issued, whichever bridge it was. */
    String DESCRIPTION = "qlik-identity-bridge/";

    /**
     * Has the tenant issue a new credential. Not repeatable: each success leaves one more credential at the tenant.
     *
     * @param description stays with the credential at the tenant, to find it by
     * @param proceed called before each call to the tenant that may take its time; what it throws ends the attempt
     * @throws TenantException that tells whether the tenant may have issued one all the same
     */
    IssuedCredential issue(Connection connection, Subject subject, String description, Runnable proceed);

    /** On what terms credentials are issued on this connection now. */
    Terms terms(Connection connection);

    /** How long one of its calls may take, where that may be longer than the claim to issue lasts: so the claim lasts as long. */
    default Duration longestCall() {
        return Duration.ZERO;
    }

    /** Empty where credentials end by themselves alone. */
    default Optional<CredentialRevoker> revoker() {
        return Optional.empty();
    }

    /** Empty where the tenant keeps no credentials. */
    default Optional<CredentialInventory> inventory() {
        return Optional.empty();
    }
}
