package io.qlikbridge.leasecensus;

import static io.qlikbridge.lease.LeaseState.ACTIVE;
import static io.qlikbridge.lease.LeaseState.ISSUING;
import static io.qlikbridge.lease.LeaseState.REVOKING;
import static io.qlikbridge.lease.LeaseState.SUPERSEDED;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.lease.LeaseRows;
import io.qlikbridge.lease.LeaseState;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Counts the leases that have not ended, each state by an index of its own: those that have ended are many times more. In use
 * is what is renewed: it was used since it was issued, or not long ago, and can still be somebody's.
 */
@Component
class LivingLeaseStore {

    /** Longer than it takes for a million leases; whoever measures shall not be what the database is busy with. */
    private static final int SECONDS_AT_MOST = 10;

    private static final int MOST_FAILURES = 10_000;

    private static final String COUNT = """
            select connection_id, state, count(*) as leases,
                count(*) filter (where in_use and renew_at < :late) as overdue,
                count(*) filter (where hindrance is not null) as hindered,
                min(expires_at) filter (where in_use) as nearest_expiry
            from (
                select connection_id, %1$s as state, renew_at, expires_at, null as hindrance,
                    user_id is not null and (last_used_at >= issued_at or last_used_at > :usedSince)
                        and (next_renewal_at is null or next_renewal_at < expires_at) as in_use
                from lease where state = %1$s
                union all select connection_id, %2$s, null, null, null, false from issue_attempt where failed_at is null
                union all select connection_id, %3$s, null, null, null, false from lease where state = %3$s
                union all select connection_id, %4$s, null, null, hindrance, false from lease where state = %4$s
            ) as living
            group by connection_id, state
            """.formatted(ACTIVE.sql(), ISSUING.sql(), SUPERSEDED.sql(), REVOKING.sql());

    private final JdbcClient jdbc;

    LivingLeaseStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param late a renewal that was due before this is overdue
     * @param usedSince a lease that was used after this is in use, even if not since its last renewal
     */
    @Transactional(readOnly = true, timeout = SECONDS_AT_MOST)
    public List<LivingLeases> count(Instant late, Instant usedSince) {
        return jdbc.sql(COUNT)
                .param("late", LeaseRows.utc(late))
                .param("usedSince", LeaseRows.utc(usedSince))
                .query((row, number) -> new LivingLeases(
                        new ConnectionId(row.getString("connection_id")),
                        LeaseState.valueOf(row.getString("state")),
                        row.getLong("leases"),
                        row.getLong("overdue"),
                        row.getLong("hindered"),
                        LeaseRows.instant(row, "nearest_expiry")))
                .list();
    }

    @Transactional(readOnly = true, timeout = SECONDS_AT_MOST)
    public List<FailedIssues> failures(Instant since) {
        return jdbc.sql("""
                        select connection_id, count(*) as failures, max(failed_at) as latest
                        from (select connection_id, failed_at from issue_attempt where failed_at >= :since
                            order by failed_at desc limit :most) as latest
                        group by connection_id order by connection_id
                        """)
                .param("since", LeaseRows.utc(since))
                .param("most", MOST_FAILURES)
                .query((row, number) -> new FailedIssues(
                        new ConnectionId(row.getString("connection_id")),
                        row.getLong("failures"),
                        row.getObject("latest", OffsetDateTime.class).toInstant()))
                .list();
    }
}
