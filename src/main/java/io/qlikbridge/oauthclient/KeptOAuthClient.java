package io.qlikbridge.oauthclient;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.vault.Place;
import io.qlikbridge.vault.Sealed;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The OAuth client of a connection as it is kept.
 *
 * @param id of this upload
 * @param host of the connection when it was uploaded
 * @param secret sealed for {@link #place()}; {@code null} for one without
 */
record KeptOAuthClient(
        UUID id,
        ConnectionId connection,
        URI host,
        String clientId,
        @Nullable Sealed secret,
        Instant updatedAt) {

    static Place place(UUID id, ConnectionId connection, URI host, String clientId) {
        return SealedClientSecrets.TABLE.place(id, connection, host, clientId);
    }

    Place place() {
        return place(id, connection, host, clientId);
    }

    OAuthClientView view() {
        return new OAuthClientView(clientId, secret == null ? "private-key-jwt" : "client-secret", updatedAt);
    }
}
