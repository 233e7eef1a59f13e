package io.qlikbridge.check;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.username.Username;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
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
                .query((row, number) -> {
                    String username = row.getString("username");
                    return new LastCheck(
                            row.getObject("at", OffsetDateTime.class).toInstant(),
                            username == null ? null : new Username(username),
                            row.getString("failed"));
                })
                .list();
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
}
