package io.qlikbridge.tenant;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.subject.Subject;

/** Obtains a credential that acts as a subject. Every kind of deployment has one. */
public interface CredentialIssuer extends ForConnectionType {

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
}
