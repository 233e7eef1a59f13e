package io.qlikbridge.lease;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.subject.LocalUser;
import io.qlikbridge.username.Username;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which leases are meant: those that fit all that is said, of which there is at least one thing. Nothing is ever meant for
 * everybody at once.
 *
 * @param user whose leases; with {@code former}, those of either
 * @param former the name of a user who is gone: such leases have no other owner
 * @param client the id of the client that was handed them
 */
public record LeaseScope(
        @Nullable UUID lease,
        @Nullable UUID user,
        @Nullable Username former,
        @Nullable ConnectionId connection,
        @Nullable String client) {

    public static final String CONDITION = """
            (cast(:lease as uuid) is null or id = :lease)
                and (cast(:user as uuid) is null and cast(:former as text) is null
                    or user_id = :user or user_id is null and username = :former)
                and (cast(:connection as text) is null or connection_id = :connection)
                and (cast(:client as text) is null
                    or id in (select lease_id from lease_handed_out where client_id = :client))
            """;

    public LeaseScope {
        if (lease == null && user == null && former == null && connection == null && client == null) {
            throw new IllegalArgumentException("Nothing is revoked for everybody at once");
        }
    }

    public static LeaseScope of(UUID lease) {
        return new LeaseScope(lease, null, null, null, null);
    }

    public static LeaseScope ofUser(UUID user) {
        return new LeaseScope(null, user, null, null, null);
    }

    /** Whatever was issued to the user of this name, and to those of that name who are gone. */
    public static LeaseScope ofName(@Nullable LocalUser user, Username name, @Nullable ConnectionId connection) {
        return new LeaseScope(null, user == null ? null : user.id(), name, connection, null);
    }

    public static LeaseScope of(ConnectionId connection) {
        return new LeaseScope(null, null, null, connection, null);
    }

    /** Whatever this client was handed, whoever else was handed it, too. */
    public static LeaseScope handedTo(String client) {
        return new LeaseScope(null, null, null, null, client);
    }

    /** Those of this scope that this client was handed; the scope itself where no client is named. */
    public LeaseScope handedAlsoTo(@Nullable String client) {
        return new LeaseScope(lease, user, former, connection, client);
    }

    public Map<String, @Nullable Object> parameters() {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("lease", lease);
        parameters.put("user", user);
        parameters.put("former", former == null ? null : former.value());
        parameters.put("connection", connection == null ? null : connection.value());
        parameters.put("client", client);
        return parameters;
    }
}
