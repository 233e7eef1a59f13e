package io.qlikbridge.lease;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.subject.Username;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Whose lease a row is, as it was when it was issued: the user may have gone since, or be another subject. */
record Owner(ConnectionId connection, URI host, String subject, Username username) {

    static final String COLUMNS = "connection_id, host, subject, username";

    static Owner read(ResultSet row) throws SQLException {
        return new Owner(
                new ConnectionId(row.getString("connection_id")),
                URI.create(row.getString("host")),
                row.getString("subject"),
                new Username(row.getString("username")));
    }
}
