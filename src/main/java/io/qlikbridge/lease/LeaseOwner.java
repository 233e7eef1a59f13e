package io.qlikbridge.lease;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.username.Username;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Whose lease a row is: the user may have gone since it was issued, or be another subject.
 *
 * @param username as the user is called by now; of one who is gone, as it was called
 */
public record LeaseOwner(ConnectionId connection, URI host, String subject, Username username) {

    public static final String USERNAME = usernameIn("lease");

    public static final String COLUMNS = columnsOf("lease");

    /** What the user of a row of a table is called by now: names change hands, so none is compared with what the row has. */
    public static String usernameIn(String table) {
        return "coalesce((select u.username from local_user u where u.id = " + table + ".user_id), " + table
                + ".username)";
    }

    public static String columnsOf(String table) {
        return "connection_id, host, subject, " + usernameIn(table) + " as username";
    }

    public static LeaseOwner read(ResultSet row) throws SQLException {
        return new LeaseOwner(
                new ConnectionId(row.getString("connection_id")),
                URI.create(row.getString("host")),
                row.getString("subject"),
                new Username(row.getString("username")));
    }
}
