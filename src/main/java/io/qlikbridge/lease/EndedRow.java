package io.qlikbridge.lease;

import io.qlikbridge.changes.ChangeFeed;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.username.Username;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row that was just taken out of use.
 *
 * @param user {@code null} when the user is gone
 */
public record EndedRow(LeaseEnded event, @Nullable UUID user) {

    public static final String COLUMNS =
            "id, connection_id, " + LeaseOwner.USERNAME + " as username, state, failure, user_id";

    /** Maps a row of {@link #COLUMNS}. */
    public static EndedRow read(ResultSet row, int number) throws SQLException {
        String reason = row.getString("failure");
        return new EndedRow(
                new LeaseEnded(
                        row.getObject("id", UUID.class),
                        new ConnectionId(row.getString("connection_id")),
                        new Username(row.getString("username")),
                        LeaseState.valueOf(row.getString("state")),
                        reason == null ? "" : reason),
                row.getObject("user_id", UUID.class));
    }

    /** Tells this replica, once the transaction has ended well. */
    public void tell(ChangeFeed changes) {
        if (user != null) {
            changes.changed(LeaseKey.change(event.connection(), user));
        }
    }
}
