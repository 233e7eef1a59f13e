package io.qlikbridge.audit;

import io.qlikbridge.problem.BridgeException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Keeps what was done. There is no way to change it. */
@Component
class AuditStore {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    AuditStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    @Transactional
    void add(AuditEvent event) {
        jdbc.sql("""
                        insert into audit_event (id, at, actor, action, connection, username, outcome, request_id, details)
                        values (:id, :at, :actor, :action, :connection, :user, :outcome, :requestId, cast(:details as jsonb))
                        """)
                .param("id", event.id())
                .param("at", event.at().atOffset(ZoneOffset.UTC))
                .param("actor", event.actor())
                .param("action", event.action())
                .param("connection", event.connection())
                .param("user", event.user())
                .param("outcome", event.outcome())
                .param("requestId", event.requestId())
                .param("details", json.writeValueAsString(event.details()))
                .update();
    }

    /** At most {@code limit} events, the newest first, before {@code after}. */
    @Transactional(readOnly = true)
    List<AuditEvent> list(AuditQuery query, String after, int limit) {
        Map<String, String> filters = query.filters();
        // only the conditions that are asked for, so that each finds its index
        StringBuilder conditions = new StringBuilder("where true");
        filters.keySet().forEach(column -> conditions.append(" and " + column + " = :" + column));
        if (!after.isEmpty()) {
            conditions.append(" and id < :after");
        }
        JdbcClient.StatementSpec select = jdbc.sql("""
                        select id, at, actor, action, connection, username, outcome, request_id, details
                        from audit_event
                        """ + conditions + " order by id desc limit :limit")
                .params(filters)
                .param("limit", limit);
        return (after.isEmpty() ? select : select.param("after", cursor(after)))
                .query(this::event)
                .list();
    }

    private static UUID cursor(String after) {
        try {
            return UUID.fromString(after);
        } catch (IllegalArgumentException notOurs) {
            throw BridgeException.invalid("after", "is not a cursor of this list; send \"next\" of the page before");
        }
    }

    private AuditEvent event(ResultSet row, int number) throws SQLException {
        return new AuditEvent(
                row.getObject("id", UUID.class),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("actor"),
                row.getString("action"),
                row.getString("connection"),
                row.getString("username"),
                row.getString("outcome"),
                row.getString("request_id"),
                json.readTree(row.getString("details")));
    }
}
