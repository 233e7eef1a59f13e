package io.qlikbridge.oauthclient;

import io.qlikbridge.changes.Change;
import io.qlikbridge.changes.ChangeFeed;
import io.qlikbridge.connection.ConnectionChanged;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.vault.Sealed;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps OAuth clients, one for each connection. */
@Component
class OAuthClientStore {

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final ChangeFeed changes;

    OAuthClientStore(JdbcClient jdbc, ApplicationEventPublisher events, ChangeFeed changes) {
        this.jdbc = jdbc;
        this.events = events;
        this.changes = changes;
    }

    @Transactional(readOnly = true)
    public Optional<KeptOAuthClient> find(ConnectionId connection) {
        return jdbc.sql("""
                        select id, connection_id, host, client_id, sealed_with, nonce, ciphertext, seal_form, updated_at
                        from oauth_client where connection_id = :connection
                        """)
                .param("connection", connection.value())
                .query((row, number) -> read(row))
                .optional();
    }

    /** Puts it in the place of the connection's present one, if there is one; {@code connection-not-found} when that was deleted. */
    @Transactional
    public void put(KeptOAuthClient client) {
        lock(client.connection());
        remove(client.connection());
        Sealed secret = client.secret();
        jdbc.sql("""
                        insert into oauth_client (id, connection_id, host, client_id, sealed_with, nonce, ciphertext, seal_form,
                            updated_at)
                        values (:id, :connection, :host, :clientId, :sealedWith, :nonce, :ciphertext, :sealForm, :updatedAt)
                        """)
                .param("id", client.id())
                .param("connection", client.connection().value())
                .param("host", client.host().toString())
                .param("clientId", client.clientId())
                .param("sealedWith", secret == null ? null : secret.sealedWith())
                .param("nonce", secret == null ? null : secret.nonce())
                .param("ciphertext", secret == null ? null : secret.ciphertext())
                .param("sealForm", secret == null ? null : secret.sealForm())
                .param("updatedAt", client.updatedAt().atOffset(ZoneOffset.UTC))
                .update();
        events.publishEvent(new OAuthClientPut(
                client.connection(), client.clientId(), client.view().authentication()));
        tellOfChange(client.connection());
    }

    /** @return whether there was one */
    @Transactional
    public boolean delete(ConnectionId connection) {
        lock(connection);
        Optional<KeptOAuthClient> present = find(connection);
        present.ifPresent(one -> {
            remove(connection);
            events.publishEvent(new OAuthClientDeleted(connection, one.clientId()));
            tellOfChange(connection);
        });
        return present.isPresent();
    }

    private void remove(ConnectionId connection) {
        jdbc.sql("delete from oauth_client where connection_id = :connection")
                .param("connection", connection.value())
                .update();
    }

    /** Makes others that change the connection's client wait; those that only refer to the connection go on. */
    private void lock(ConnectionId connection) {
        jdbc.sql("select id from connection where id = :connection for no key update")
                .param("connection", connection.value())
                .query(String.class)
                .optional()
                .orElseThrow(() -> new BridgeException(
                        ProblemCode.CONNECTION_NOT_FOUND, "The connection " + connection + " was deleted meanwhile."));
    }

    private void tellOfChange(ConnectionId connection) {
        events.publishEvent(new ConnectionChanged(connection));
        changes.changed(new Change.OfConnection(connection.value()));
    }

    private static KeptOAuthClient read(ResultSet row) throws SQLException {
        return new KeptOAuthClient(
                row.getObject("id", UUID.class),
                new ConnectionId(row.getString("connection_id")),
                URI.create(row.getString("host")),
                row.getString("client_id"),
                secret(row),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    private static @Nullable Sealed secret(ResultSet row) throws SQLException {
        String sealedWith = row.getString("sealed_with");
        return sealedWith == null
                ? null
                : new Sealed(sealedWith, row.getBytes("nonce"), row.getBytes("ciphertext"), row.getInt("seal_form"));
    }
}
