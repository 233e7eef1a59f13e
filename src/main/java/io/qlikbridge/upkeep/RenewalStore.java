package io.qlikbridge.upkeep;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.issuing.RenewalQueue;
import io.qlikbridge.lease.LeaseOwner;
import io.qlikbridge.lease.LeaseProperties;
import io.qlikbridge.lease.LeaseRows;
import io.qlikbridge.lease.LeaseState;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Finds the leases that are due for renewal, by an index on their time. */
@Component
class RenewalStore implements RenewalQueue {

    private static final String DUE = """
             from lease where state = %s and renew_at <= :now and (next_renewal_at is null or next_renewal_at <= :now)
                and expires_at > :now and user_id is not null
            """.formatted(LeaseState.ACTIVE.sql());

    /** As the index has it: those that nobody uses are not even looked at. */
    private static final String USED = " and last_used_at >= issued_at ";

    private static final String USED_SINCE = " and (last_used_at >= issued_at or last_used_at > :usedSince) ";

    private final JdbcClient jdbc;
    private final boolean idleToo;

    RenewalStore(JdbcClient jdbc, LeaseProperties properties) {
        this.jdbc = jdbc;
        this.idleToo = properties.idlePeriod().isPositive();
    }

    @Override
    @Transactional(readOnly = true)
    public List<ConnectionId> connectionsDue(Instant now, Instant usedSince) {
        return due("select distinct connection_id" + DUE, now, usedSince, "")
                .query((row, number) -> new ConnectionId(row.getString("connection_id")))
                .list();
    }

    @Override
    @Transactional(readOnly = true)
    public List<Due> due(ConnectionId connection, Instant now, Instant usedSince, int limit) {
        return due(
                        "select id, user_id, expires_at, renewal_attempts, " + LeaseOwner.COLUMNS + DUE
                                + " and connection_id = :connection ",
                        now,
                        usedSince,
                        " order by expires_at limit :limit")
                .param("connection", connection.value())
                .param("limit", limit)
                .query((row, number) -> new Due(
                        row.getObject("id", UUID.class),
                        row.getObject("user_id", UUID.class),
                        LeaseOwner.read(row),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                        row.getInt("renewal_attempts")))
                .list();
    }

    @Override
    @Transactional
    public void notYet(UUID lease, Instant next) {
        jdbc.sql("""
                        update lease set renewal_attempts = renewal_attempts + 1, next_renewal_at = :next
                        where id = :id and state = %s
                        """.formatted(LeaseState.ACTIVE.sql()))
                .param("id", lease)
                .param("next", LeaseRows.utc(next))
                .update();
    }

    private JdbcClient.StatementSpec due(String select, Instant now, Instant usedSince, String order) {
        JdbcClient.StatementSpec statement =
                jdbc.sql(select + (idleToo ? USED_SINCE : USED) + order).param("now", LeaseRows.utc(now));
        return idleToo ? statement.param("usedSince", LeaseRows.utc(usedSince)) : statement;
    }
}
