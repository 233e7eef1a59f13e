package io.qlikbridge.tenant;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.subject.Subject;

/** Ends a credential before it expires. Only deployments that keep credentials have one. */
public interface CredentialRevoker {

    /**
     * Ends the credential; one that the tenant no longer knows is ended already. That it does not accept it is not enough:
     * it may accept it again tomorrow, so the subject is signed in to see.
     */
    void revoke(Connection connection, Subject subject, Credential credential);
}
