package io.qlikbridge.oauthclient;

import io.qlikbridge.connection.ConnectionId;

/**
 * A connection got an OAuth client, in the place of another or for the first time. Published inside the transaction that keeps it.
 *
 * @param clientId the tenant's own id of the client
 * @param authentication {@code client-secret} or {@code private-key-jwt}
 */
public record OAuthClientPut(ConnectionId connection, String clientId, String authentication) {}
