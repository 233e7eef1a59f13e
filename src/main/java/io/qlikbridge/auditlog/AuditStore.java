package io.qlikbridge.auditlog;

import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.userimport.UsersImported;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Keeps what was done. There is no way to change it. */
@Component
class AuditStore {

    /** Ids begin with a replica's time, rows have the database's: a day is more than they may ever differ by. */
    private static final Duration APART = Duration.ofDays(1);

    private static final int MOST_REFUSALS = 10_000;

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

    /** One event for each user of {@link UsersImported#CHANGES}, by the database itself: there may be very many. */
    @Transactional
    void addImported(Instant at, String actor, @Nullable String requestId) {
        long millis = at.toEpochMilli();
        jdbc.sql("""
                        insert into audit_event (id, at, actor, action, username, outcome, request_id, details)
                        select cast(:time || substr(cast(gen_random_uuid() as text), 16) as uuid), :at, :actor,
                            case when created then :create else :update end, username, :outcome, :requestId,
                            case when created then jsonb_build_object('userId', user_id, 'after', after)
                                else jsonb_build_object('userId', user_id, 'changed', to_jsonb(changed),
                                    'enabled', after -> 'enabled', 'before', before, 'after', after) end
                        from
                        """ + UsersImported.CHANGES)
                // a UUID of version 7 (RFC 9562, section 5.7): 48 bits of time, and the rest as it falls
                .param("time", "%08x-%04x-7".formatted(millis >>> 16, millis & 0xFFFF))
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("actor", actor)
                .param("create", Action.USER_CREATE.value())
                .param("update", Action.USER_UPDATE.value())
                .param("outcome", Outcome.SUCCESS.slug())
                .param("requestId", requestId)
                .update();
    }

    /** At most {@code limit} events, the newest first, before {@code after}. */
    @Transactional(readOnly = true)
    List<AuditEvent> list(AuditFilter filter, String after, int limit) {
        // only the conditions that are asked for, so that each finds its index
        StringBuilder conditions = new StringBuilder("where true");
        Map<String, Object> values = new HashMap<>(filter.texts());
        filter.texts().keySet().forEach(column -> conditions.append(" and " + column + " = :" + column));
        if (!after.isEmpty()) {
            conditions.append(" and id < :after");
            values.put("after", cursor(after));
        }
        Instant from = filter.from();
        if (from != null) {
            conditions.append(" and id >= :fromId and at >= :from");
            values.put("fromId", idsFrom(from.minus(APART)));
            values.put("from", from.atOffset(ZoneOffset.UTC));
        }
        Instant to = filter.to();
        if (to != null) {
            conditions.append(" and id < :toId and at < :to");
            values.put("toId", idsFrom(to.plus(APART)));
            values.put("to", to.atOffset(ZoneOffset.UTC));
        }
        return jdbc.sql("""
                        select id, at, actor, action, connection, username, outcome, request_id, details
                        from audit_event
                        """ + conditions + " order by id desc limit :limit")
                .params(values)
                .param("limit", limit)
                .query(this::event)
                .list();
    }

    @Transactional(readOnly = true)
    List<RecentRefusals> refusals(Instant since) {
        return jdbc.sql("""
                        select connection, sum(case jsonb_typeof(details -> 'count')
                            when 'number' then cast(details ->> 'count' as numeric) else 1 end) as refused, max(at) as latest
                        from (select connection, at, details from audit_event
                            where action = :refuse and id >= :sinceId and at >= :since order by id desc limit :most) as newest
                        where connection is not null group by connection order by connection
                        """)
                .param("refuse", Action.REQUEST_REFUSE.value())
                .param("sinceId", idsFrom(since.minus(APART)))
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("most", MOST_REFUSALS)
                .query((row, number) -> new RecentRefusals(
                        row.getString("connection"),
                        row.getLong("refused"),
                        row.getObject("latest", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** The least id of a millisecond: ids are UUIDs of version 7, which begin with the time (RFC 9562, section 5.7). */
    private static UUID idsFrom(Instant time) {
        return new UUID(Math.max(0, time.toEpochMilli()) << Short.SIZE, 0);
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
