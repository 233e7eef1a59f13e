package io.qlikbridge.check;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.username.Username;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps of each connection its last test with a user, and its last one with nobody. */
@Component
class LastCheckStore {

    private final JdbcClient database;

    LastCheckStore(JdbcClient database) {
        this.database = database;
    }

    @Transactional(readOnly = true)
    List<LastCheck> of(ConnectionId connection) {
        return database.sql("select at, username, failed from connection_check where connection_id = :connection")
                .param("connection", connection.value())
                .query((row, number) -> check(row))
                .list();
    }

    /** The last test of each of these connections that was tested at all, with a user or with nobody. */
    @Transactional(readOnly = true)
    Map<ConnectionId, LastCheck> of(Collection<ConnectionId> connections) {
        Map<ConnectionId, LastCheck> last = new HashMap<>();
        database.sql("""
                        select connection_id, at, username, failed from connection_check
                        where connection_id = any (cast(:connections as text[])) order by at
                        """)
                .param(
                        "connections",
                        connections.stream().map(ConnectionId::value).toArray(String[]::new))
                .query(row -> {
                    last.put(new ConnectionId(row.getString("connection_id")), check(row));
                });
        return last;
    }

    @Transactional
    void put(ConnectionId connection, LastCheck check) {
        Username user = check.user();
        database.sql("""
                        insert into connection_check (connection_id, with_user, at, username, failed)
                        select id, :withUser, :at, :username, :failed from connection where id = :connection
                        on conflict (connection_id, with_user) do update
                            set at = excluded.at, username = excluded.username, failed = excluded.failed
                        """)
                .param("connection", connection.value())
                .param("withUser", user != null)
                .param("at", check.at().atOffset(ZoneOffset.UTC))
                .param("username", user == null ? null : user.value())
                .param("failed", check.failed())
                .update();
    }

    private static LastCheck check(ResultSet row) throws SQLException {
        String username = row.getString("username");
        return new LastCheck(
                row.getObject("at", OffsetDateTime.class).toInstant(),
                username == null ? null : new Username(username),
                row.getString("failed"));
    }
}
