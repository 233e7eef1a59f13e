package io.qlikbridge.lease;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.news.Kind;
import io.qlikbridge.news.News;
import io.qlikbridge.subject.Username;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row that was just taken out of use.
 *
 * @param user {@code null} when the user is gone
 */
record Ended(LeaseEnded event, @Nullable UUID user) {

    static final String COLUMNS = "id, connection_id, " + Owner.USERNAME + " as username, state, failure, user_id";

    /** @param number of the row in its result; of no account */
    static Ended read(ResultSet row, int number) throws SQLException {
        String reason = row.getString("failure");
        return new Ended(
                new LeaseEnded(
                        row.getObject("id", UUID.class),
                        new ConnectionId(row.getString("connection_id")),
                        new Username(row.getString("username")),
                        LeaseState.valueOf(row.getString("state")),
                        reason == null ? "" : reason),
                row.getObject("user_id", UUID.class));
    }

    /** Tells this replica, once the transaction has ended well. */
    void tell(News news) {
        if (user != null) {
            news.changed(Kind.LEASE, Holder.channel(event.connection(), user));
        }
    }
}
