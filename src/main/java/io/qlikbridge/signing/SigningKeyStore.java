package io.qlikbridge.signing;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionChanged;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.ConnectionKinds;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps signing keys, and the rule that at most one of a connection is active. */
@Component
public class SigningKeyStore {

    private final SigningKeyRepository rows;
    private final ConnectionKinds kinds;
    private final ApplicationEventPublisher events;

    SigningKeyStore(SigningKeyRepository rows, ConnectionKinds kinds, ApplicationEventPublisher events) {
        this.rows = rows;
        this.kinds = kinds;
        this.events = events;
    }

    @Transactional(readOnly = true)
    Optional<SigningKey> active(ConnectionId connection) {
        return rows.findInState(connection.value(), KeyState.ACTIVE.name()).map(SigningKeyRow::key);
    }

    /** The active key, if the connection in the database leads to the same host at this moment, in the same name. */
    Optional<SigningKey> activeTowards(Connection addressee) {
        return rows.findInStateTowards(
                        addressee.id().value(),
                        addressee.host().toString(),
                        kinds.addressee(addressee),
                        KeyState.ACTIVE.name())
                .map(SigningKeyRow::key);
    }

    /** The same of a key by its id, whatever its state. */
    Optional<SigningKey> towards(Connection addressee, String kid) {
        return Optional.of(kid)
                .filter(KeyId::isPossible)
                .flatMap(id -> rows.findTowards(
                        addressee.id().value(), addressee.host().toString(), kinds.addressee(addressee), id))
                .map(SigningKeyRow::key);
    }

    /** Of each key that several connections have, which they are: their ids, with commas between. */
    @Transactional(readOnly = true)
    public List<String> connectionsOfSharedKeys() {
        return rows.findConnectionsOfSharedKeys();
    }

    /** The key of this id, or {@code signing-key-not-found}. */
    @Transactional(readOnly = true)
    public SigningKey of(ConnectionId connection, String kid) {
        return find(connection, kid);
    }

    /** The active and staged keys of these connections, in the order of their ids. */
    @Transactional(readOnly = true)
    public List<SigningKey> inUse(Collection<ConnectionId> connections) {
        String[] ids = connections.stream().map(ConnectionId::value).toArray(String[]::new);
        return rows.findNotInState(ids, KeyState.RETIRED.name()).stream()
                .map(SigningKeyRow::key)
                .toList();
    }

    /** At most {@code limit} keys, in the order of their ids, behind {@code after}. */
    @Transactional(readOnly = true)
    public List<SigningKey> after(ConnectionId connection, String after, int limit) {
        return rows.findAfter(connection.value(), after, limit).stream()
                .map(SigningKeyRow::key)
                .toList();
    }

    /**
     * Adds a key: active where no other is, else staged. {@code signing-key-exists} when its id is taken.
     *
     * @param shared whether another connection may have the same key, in whatever state; {@code conflict} otherwise
     */
    @Transactional
    SigningKey add(SigningKey key, boolean shared) {
        // connections may get the same key at the same time, so the key first
        rows.lockKey(key.thumbprint());
        lock(key.connection());
        if (!shared) {
            refuseIfAnothers(key);
        }
        if (rows.find(key.connection().value(), key.kid()).isPresent()) {
            throw new BridgeException(
                    ProblemCode.SIGNING_KEY_EXISTS,
                    "The connection " + key.connection() + " has a signing key with the id " + key.kid()
                            + " already. Give this one another kid, or delete the present one first.");
        }
        boolean another = active(key.connection()).isPresent();
        SigningKey added = key.in(another ? KeyState.STAGED : KeyState.ACTIVE);
        rows.saveAndFlush(new SigningKeyRow(added));
        events.publishEvent(new SigningKeyAdded(
                added.connection(), added.kid(), added.state().slug()));
        if (!another) {
            events.publishEvent(new ConnectionChanged(key.connection()));
        }
        return added;
    }

    /** Makes this key the active one and retires the one before; nothing changes when it is active already. */
    @Transactional
    public SigningKey activate(ConnectionId connection, String kid) {
        lock(connection);
        SigningKey key = find(connection, kid);
        if (key.state() == KeyState.ACTIVE) {
            return key;
        }
        rows.changeState(connection.value(), KeyState.ACTIVE.name(), KeyState.RETIRED.name());
        rows.changeState(key.id(), KeyState.ACTIVE.name());
        events.publishEvent(new SigningKeyActivated(connection, key.kid()));
        events.publishEvent(new ConnectionChanged(connection));
        return key.in(KeyState.ACTIVE);
    }

    /** Deletes a key; {@code conflict} for the active one. */
    @Transactional
    public SigningKey delete(ConnectionId connection, String kid) {
        lock(connection);
        SigningKey key = find(connection, kid);
        if (key.state() == KeyState.ACTIVE) {
            throw new BridgeException(
                    ProblemCode.CONFLICT,
                    "The signing key " + kid + " is the active one of the connection " + connection
                            + ". Activate another one first.");
        }
        rows.deleteById(key.id());
        events.publishEvent(new SigningKeyDeleted(connection, key.kid()));
        return key;
    }

    private void refuseIfAnothers(SigningKey key) {
        rows.findElsewhere(key.thumbprint(), key.connection().value())
                .map(SigningKeyRow::key)
                .ifPresent(other -> {
                    throw new BridgeException(
                            ProblemCode.CONFLICT,
                            "The connection " + other.connection() + " has this key already, as " + other.kid()
                                    + ". What is signed for the tenant of one could be used at the tenant of the other, so give"
                                    + " each connection a key of its own. To have them share it all the same, send it"
                                    + " with ?shared=true.");
                });
    }

    private SigningKey find(ConnectionId connection, String kid) {
        return Optional.of(kid)
                .filter(KeyId::isPossible)
                .flatMap(id -> rows.find(connection.value(), id))
                .map(SigningKeyRow::key)
                .orElseThrow(() -> new BridgeException(
                        ProblemCode.SIGNING_KEY_NOT_FOUND,
                        "The connection " + connection + " has no signing key of this id. GET /api/v1/connections/"
                                + connection + "/signing-keys lists them."));
    }

    private void lock(ConnectionId connection) {
        if (rows.lock(connection.value()).isEmpty()) {
            throw new BridgeException(
                    ProblemCode.CONNECTION_NOT_FOUND, "The connection " + connection + " was deleted meanwhile.");
        }
    }
}
