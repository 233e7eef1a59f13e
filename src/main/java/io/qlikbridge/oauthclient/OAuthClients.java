package io.qlikbridge.oauthclient;

import com.fasterxml.uuid.Generators;
import io.qlikbridge.changes.Change;
import io.qlikbridge.changes.ChangeAwareCache;
import io.qlikbridge.changes.ChangeFeed;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.vault.CannotOpen;
import io.qlikbridge.vault.Sealed;
import io.qlikbridge.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who the bridge is at the token endpoints of tenants, one client for each connection. */
@Component
public class OAuthClients {

    private static final int MOST_CACHED = 1_000;

    private final OAuthClientStore store;
    private final Vault vault;
    private final Clock clock;

    /** Keeps that a connection has none, too; secrets as they are sealed. */
    private final ChangeAwareCache<ConnectionId, Optional<KeptOAuthClient>> cache;

    OAuthClients(OAuthClientStore store, Vault vault, ChangeFeed changes, Clock clock) {
        this.store = store;
        this.vault = vault;
        this.clock = clock;
        this.cache = changes.cache(Change.OfConnection.class, MOST_CACHED, change -> new ConnectionId(change.id()));
    }

    /**
     * The client of a connection. Its secret is for the host that the connection led to when it was uploaded, and is shown to no other.
     *
     * @throws BridgeException {@code oauth-client-missing}, also when the connection leads elsewhere since
     */
    public OAuthClient require(Connection connection) {
        KeptOAuthClient kept = cache.get(connection.id(), id -> Optional.of(store.find(id)))
                .orElseGet(Optional::empty)
                .orElseThrow(() -> missing(connection.id()));
        if (!kept.host().equals(connection.host())) {
            throw new BridgeException(
                    ProblemCode.OAUTH_CLIENT_MISSING,
                    "The OAuth client of the connection " + connection.id() + " is for " + kept.host()
                            + ", and the connection leads to " + connection.host()
                            + ". Send the client of that tenant with PUT " + address(connection.id()) + ".");
        }
        return new OAuthClient(kept.clientId(), secret(kept));
    }

    /**
     * What an admin is shown of it, as it is.
     *
     * @throws BridgeException {@code oauth-client-missing}
     */
    public OAuthClientView view(ConnectionId connection) {
        return find(connection).orElseThrow(() -> missing(connection));
    }

    /** The same; empty when there is none. */
    public Optional<OAuthClientView> find(ConnectionId connection) {
        return store.find(connection).map(KeptOAuthClient::view);
    }

    /** Whether there is one for the host that the connection leads to. */
    public boolean has(Connection connection) {
        return store.find(connection.id())
                .filter(kept -> kept.host().equals(connection.host()))
                .isPresent();
    }

    /** Keeps this client in the place of the connection's present one; {@code connection-not-found} when it was deleted. */
    public void put(Connection connection, OAuthClient client) {
        UUID id = Generators.timeBasedEpochGenerator().generate();
        store.put(new KeptOAuthClient(
                id,
                connection.id(),
                connection.host(),
                client.clientId(),
                sealed(id, connection, client),
                clock.instant().truncatedTo(ChronoUnit.MICROS)));
    }

    /** @throws BridgeException {@code oauth-client-missing} */
    public void delete(ConnectionId connection) {
        if (!store.delete(connection)) {
            throw missing(connection);
        }
    }

    private @Nullable Sealed sealed(UUID id, Connection connection, OAuthClient client) {
        return client.secret() == null
                ? null
                : vault.seal(
                        client.secret().getBytes(StandardCharsets.UTF_8),
                        KeptOAuthClient.place(id, connection.id(), connection.host(), client.clientId()));
    }

    private @Nullable String secret(KeptOAuthClient kept) {
        if (kept.secret() == null) {
            return null;
        }
        try {
            return new String(vault.open(kept.secret(), kept.place()), StandardCharsets.UTF_8);
        } catch (CannotOpen shut) {
            throw new BridgeException(
                    ProblemCode.INTERNAL,
                    "The secret of the OAuth client of the connection " + kept.connection()
                            + " cannot be opened with the vault's keys. Send the client anew with PUT "
                            + address(kept.connection()) + ".",
                    null,
                    null,
                    shut);
        }
    }

    private static BridgeException missing(ConnectionId connection) {
        return new BridgeException(
                ProblemCode.OAUTH_CLIENT_MISSING,
                "The connection " + connection
                        + " has no OAuth client yet. Send its id and secret, as the tenant's administration shows them, with PUT "
                        + address(connection) + ".");
    }

    private static String address(ConnectionId connection) {
        return "/api/v1/connections/" + connection + "/oauth-client";
    }
}
