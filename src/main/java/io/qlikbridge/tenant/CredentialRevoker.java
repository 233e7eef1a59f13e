package io.qlikbridge.tenant;

import io.qlikbridge.connection.Connection;

/** Ends a credential before it expires. Only deployments that keep credentials have one. */
public interface CredentialRevoker extends ForConnectionType {

    /** Ends the credential; one that the tenant no longer knows or accepts is ended already. */
    void revoke(Connection connection, Credential credential);
}
