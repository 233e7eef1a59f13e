package io.qlikbridge.connectionadmin;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.ConnectionKind;
import io.qlikbridge.connection.ConnectionKinds;
import io.qlikbridge.connection.SigningKeyView;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Gathers what an admin is shown of connections: their settings, what came of them, the keys that sign for them. */
@Component
class ConnectionView {

    private final ConnectionKinds kinds;
    private final ObjectProvider<ConnectionSigningKeys> signingKeys;

    ConnectionView(ConnectionKinds kinds, ObjectProvider<ConnectionSigningKeys> signingKeys) {
        this.kinds = kinds;
        this.signingKeys = signingKeys;
    }

    ConnectionAnswer of(Connection connection) {
        return of(List.of(connection)).getFirst();
    }

    List<ConnectionAnswer> of(List<Connection> connections) {
        Map<ConnectionId, SigningKeysInUse> keys = keys(connections);
        return connections.stream()
                .map(connection -> of(connection, keys.getOrDefault(connection.id(), SigningKeysInUse.NONE)))
                .toList();
    }

    /** What stays at the deployment when the connection goes, by its address. */
    Map<URI, String> remains(Connection connection) {
        SigningKeyView active = keys(List.of(connection))
                .getOrDefault(connection.id(), SigningKeysInUse.NONE)
                .active();
        return kinds.of(connection.type()).remains(connection, active == null ? null : active.kid());
    }

    private ConnectionAnswer of(Connection connection, SigningKeysInUse keys) {
        ConnectionKind kind = kinds.of(connection.type());
        Map<String, @Nullable Object> own = kinds.values(connection);
        own.putAll(kind.shown(connection));
        List<String> warnings = new ArrayList<>(keys.warnings());
        warnings.addAll(kind.warnings(connection));
        return ConnectionAnswer.of(connection, own, keys.active(), warnings);
    }

    private Map<ConnectionId, SigningKeysInUse> keys(List<Connection> connections) {
        ConnectionSigningKeys keys = signingKeys.getIfAvailable();
        return keys == null
                ? Map.of()
                : keys.inUse(connections.stream().map(Connection::id).toList());
    }
}
