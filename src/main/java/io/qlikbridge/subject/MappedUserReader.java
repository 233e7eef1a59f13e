package io.qlikbridge.subject;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.username.Username;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads a user and all that it is mapped to, as they are at one moment. */
@Component
class MappedUserReader {

    private final JdbcClient jdbc;

    MappedUserReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<MappedUser> find(Username username) {
        return jdbc.sql("""
                        select u.*, m.connection_id, m.subject
                        from local_user u left join subject_mapping m on m.user_id = u.id where u.username = :username
                        """).param("username", username.value()).query(MappedUserReader::read);
    }

    private static Optional<MappedUser> read(ResultSet rows) throws SQLException {
        if (!rows.next()) {
            return Optional.empty();
        }
        LocalUser user = user(rows);
        Identity identity = identity(rows.getString("identity_issuer"), rows.getString("identity_subject"));
        Instant createdAt = instant(rows, "created_at");
        Instant updatedAt = instant(rows, "updated_at");
        return Optional.of(new MappedUser(user, subjects(rows), createdAt, updatedAt, identity));
    }

    private static LocalUser user(ResultSet row) throws SQLException {
        return new LocalUser(
                row.getObject("id", UUID.class),
                new Username(row.getString("username")),
                row.getString("name"),
                row.getString("email"),
                row.getBoolean("email_verified"),
                List.of((String[]) row.getArray("groups").getArray()),
                row.getBoolean("enabled"));
    }

    /** One in each row, from this one on. */
    private static Map<ConnectionId, String> subjects(ResultSet rows) throws SQLException {
        Map<ConnectionId, String> subjects = new HashMap<>();
        do {
            String connection = rows.getString("connection_id");
            if (connection != null) {
                subjects.put(new ConnectionId(connection), rows.getString("subject"));
            }
        } while (rows.next());
        return Map.copyOf(subjects);
    }

    private static @Nullable Identity identity(@Nullable String issuer, @Nullable String subject) {
        return issuer == null || subject == null ? null : new Identity(issuer, subject);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
