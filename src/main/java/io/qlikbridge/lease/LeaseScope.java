package io.qlikbridge.lease;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.subject.Username;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which leases are meant: those that fit all that is said, of which there is at least one thing. Nothing is ever meant for
 * everybody at once.
 */
record LeaseScope(
        @Nullable UUID lease,
        @Nullable UUID user,
        @Nullable Username username,
        @Nullable ConnectionId connection) {

    static final String CONDITION = """
            (cast(:lease as uuid) is null or id = :lease)
                and (cast(:user as uuid) is null or user_id = :user)
                and (cast(:username as text) is null or username = :username)
                and (cast(:connection as text) is null or connection_id = :connection)
            """;

    LeaseScope {
        if (lease == null && user == null && username == null && connection == null) {
            throw new IllegalArgumentException("Nothing is revoked for everybody at once");
        }
    }

    static LeaseScope of(UUID lease) {
        return new LeaseScope(lease, null, null, null);
    }

    static LeaseScope ofUser(UUID user) {
        return new LeaseScope(null, user, null, null);
    }

    static LeaseScope of(ConnectionId connection) {
        return new LeaseScope(null, null, null, connection);
    }

    Map<String, @Nullable Object> parameters() {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("lease", lease);
        parameters.put("user", user);
        parameters.put("username", username == null ? null : username.value());
        parameters.put("connection", connection == null ? null : connection.value());
        return parameters;
    }
}
