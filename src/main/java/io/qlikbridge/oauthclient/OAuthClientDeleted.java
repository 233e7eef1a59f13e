package io.qlikbridge.oauthclient;

import io.qlikbridge.connection.ConnectionId;

/**
 * The OAuth client of a connection was deleted. Published inside the transaction that deletes it.
 *
 * @param clientId the tenant's own id of the client
 */
public record OAuthClientDeleted(ConnectionId connection, String clientId) {}
