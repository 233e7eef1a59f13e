package io.qlikbridge.client;

import io.qlikbridge.changes.Change;
import io.qlikbridge.changes.ChangeFeed;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the clients, in the authorization server's own table. Of a secret it sees the hash alone. */
@Component
public class ClientStore {

    private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(15);
    private static final String SELECT =
            "select id, client_id, scopes, users, connections, client_id_issued_at, first_secret from oauth2_registered_client ";

    private final JdbcClient jdbc;
    private final RegisteredClientRepository clients;
    private final ApplicationEventPublisher events;
    private final ChangeFeed changes;

    ClientStore(
            JdbcClient jdbc, RegisteredClientRepository clients, ApplicationEventPublisher events, ChangeFeed changes) {
        this.jdbc = jdbc;
        this.clients = clients;
        this.events = events;
        this.changes = changes;
    }

    @Transactional(readOnly = true)
    public Optional<BridgeClient> findByRow(String row) {
        return jdbc.sql(SELECT + "where id = :row")
                .param("row", row)
                .query(ClientStore::client)
                .optional();
    }

    @Transactional(readOnly = true)
    Optional<BridgeClient> find(String clientId) {
        return present(clientId);
    }

    @Transactional(readOnly = true)
    Optional<String> secretHash(String clientId) {
        return jdbc.sql("select client_secret from oauth2_registered_client where client_id = :clientId")
                .param("clientId", clientId)
                .query(String.class)
                .optional();
    }

    /** At most {@code limit} clients, in the order of their ids, behind {@code after}. */
    @Transactional(readOnly = true)
    List<BridgeClient> after(String after, int limit) {
        return jdbc.sql(SELECT + "where client_id > :after order by client_id limit :limit")
                .param("after", after)
                .param("limit", limit)
                .query(ClientStore::client)
                .list();
    }

    /** Adds the client; false, and nothing done, when its id is taken. */
    @Transactional
    boolean add(BridgeClient client, String secretHash) {
        waitForOtherWriters();
        if (present(client.clientId()).isPresent()) {
            return false;
        }
        insert(client, secretHash);
        return true;
    }

    /** Adds the client if there is no other at all; only one replica is told that it did. */
    @Transactional
    boolean addFirst(BridgeClient client, String secretHash) {
        waitForOtherWriters();
        if (!jdbc.sql(SELECT + "limit 1").query(ClientStore::client).list().isEmpty()) {
            return false;
        }
        insert(client, secretHash);
        return true;
    }

    /** Has whoever deletes the client, or renews its secret, wait for the caller's transaction; false when it is gone. */
    @Transactional
    boolean hold(String clientId) {
        return jdbc.sql("select id from oauth2_registered_client where client_id = :clientId for share")
                .param("clientId", clientId)
                .query(String.class)
                .optional()
                .isPresent();
    }

    @Transactional
    boolean replaceSecret(String clientId, String secretHash) {
        return replaceSecret(clientId, secretHash, () -> {});
    }

    /** @param with what is to be done in the same transaction, once it is replaced */
    @Transactional
    boolean replaceSecret(String clientId, String secretHash, Runnable with) {
        boolean replaced = jdbc.sql(
                                "update oauth2_registered_client set client_secret = :hash, first_secret = false where client_id = :clientId")
                        .param("hash", secretHash)
                        .param("clientId", clientId)
                        .update()
                == 1;
        if (replaced) {
            present(clientId).ifPresent(client -> changes.changed(new Change.OfClient(client.row())));
            events.publishEvent(new ClientSecretRenewed(clientId));
            with.run();
        }
        return replaced;
    }

    /**
     * The same, if the client still has that secret.
     *
     * @param before the hash of that secret
     */
    @Transactional
    boolean replaceSecret(String clientId, String before, String secretHash, Runnable with) {
        boolean has = jdbc.sql(
                        "select true from oauth2_registered_client where client_id = :clientId and client_secret = :before for update")
                .param("clientId", clientId)
                .param("before", before)
                .query(Boolean.class)
                .optional()
                .isPresent();
        return has && replaceSecret(clientId, secretHash, with);
    }

    /**
     * Deletes the client; false, and nothing done, when no other would be an admin.
     *
     * @param with what is to be done in the same transaction, once it is deleted
     */
    @Transactional
    boolean deleteUnlessLastAdmin(BridgeClient client, Runnable with) {
        waitForOtherWriters();
        if (client.isAdmin()
                && jdbc
                        .sql(SELECT + "where id <> :row")
                        .param("row", client.row())
                        .query(ClientStore::client)
                        .list()
                        .stream()
                        .noneMatch(BridgeClient::isAdmin)) {
            return false;
        }
        int deleted = jdbc.sql("delete from oauth2_registered_client where id = :row")
                .param("row", client.row())
                .update();
        if (deleted > 0) {
            events.publishEvent(new ClientDeleted(client.clientId()));
            changes.changed(new Change.OfClient(client.row()));
            with.run();
        }
        return true;
    }

    private Optional<BridgeClient> present(String clientId) {
        return jdbc.sql(SELECT + "where client_id = :clientId")
                .param("clientId", clientId)
                .query(ClientStore::client)
                .optional();
    }

    private void waitForOtherWriters() {
        jdbc.sql("lock table oauth2_registered_client in share row exclusive mode")
                .update();
    }

    private void insert(BridgeClient client, String secretHash) {
        clients.save(RegisteredClient.withId(client.row())
                .clientId(client.clientId())
                .clientIdIssuedAt(client.createdAt())
                .clientSecret(secretHash)
                .clientName(client.clientId())
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scopes(scopes -> client.scopes().forEach(scope -> scopes.add(scope.value())))
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(TOKEN_LIFETIME)
                        .build())
                .build());
        jdbc.sql(
                        "update oauth2_registered_client set users = :users, connections = :connections, first_secret = :first where id = :row")
                .param("users", client.users().entries().toArray(String[]::new))
                .param("connections", client.connections().entries().toArray(String[]::new))
                .param("first", client.firstSecret())
                .param("row", client.row())
                .update();
        events.publishEvent(new ClientAdded(
                client.clientId(),
                client.scopes(),
                client.users().entries(),
                client.connections().entries()));
    }

    private static BridgeClient client(ResultSet row, int number) throws SQLException {
        Array users = row.getArray("users");
        Array connections = row.getArray("connections");
        return new BridgeClient(
                row.getString("id"),
                row.getString("client_id"),
                scopes(row.getString("scopes")),
                new ClientUsers(Arrays.asList((String[]) users.getArray())),
                new AllowedConnections(Arrays.asList((String[]) connections.getArray())),
                row.getTimestamp("client_id_issued_at").toInstant(),
                row.getBoolean("first_secret"));
    }

    private static Set<Scope> scopes(String values) {
        return Arrays.stream(values.split(","))
                .flatMap(value -> Scope.of(value).stream())
                .collect(Collectors.toSet());
    }
}
