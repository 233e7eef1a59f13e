package io.qlikbridge.orphan;

import static io.qlikbridge.lease.LeaseState.ACTIVE;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.lease.LeaseOwner;
import io.qlikbridge.lease.LeaseRows;
import io.qlikbridge.lease.LeaseState;
import io.qlikbridge.tenant.Credential;
import io.qlikbridge.tenant.IssuedCredential;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps when the tenant was last looked through for those who have a lease, and knows which keys are theirs. */
@Component
class SweepStore {

    private static final String NOT_SWEPT =
            " from lease where state = " + ACTIVE.sql() + " and coalesce(swept_at, issued_at) < ? ";

    private static final String OF_OWNER = "connection_id = ? and host = ? and subject = ?";

    private final JdbcClient jdbc;
    private final LeaseRows rows;

    SweepStore(JdbcClient jdbc, LeaseRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /** The connections that have users with a lease who were not looked at since then. */
    @Transactional(readOnly = true)
    public List<ConnectionId> connectionsNotSweptSince(Instant then) {
        return jdbc.sql("select distinct connection_id" + NOT_SWEPT)
                .params(LeaseRows.utc(then))
                .query((row, number) -> new ConnectionId(row.getString("connection_id")))
                .list();
    }

    /** Users with a lease who were not looked at since then, those who wait longest first. */
    @Transactional(readOnly = true)
    public List<LeaseOwner> notSweptSince(ConnectionId connection, Instant then, int limit) {
        return jdbc.sql("select " + LeaseOwner.COLUMNS + NOT_SWEPT
                        + " and connection_id = ? order by coalesce(swept_at, issued_at) limit ?")
                .params(LeaseRows.utc(then), connection.value(), limit)
                .query((row, number) -> LeaseOwner.read(row))
                .list();
    }

    @Transactional
    public void swept(LeaseOwner owner, Instant now) {
        jdbc.sql("update lease set swept_at = ? where state = " + ACTIVE.sql() + " and " + OF_OWNER)
                .params(
                        LeaseRows.utc(now),
                        owner.connection().value(),
                        owner.host().toString(),
                        owner.subject())
                .update();
    }

    /** Those of the operations whose key belongs to a lease, is being made, or is about to be ended in good order. */
    @Transactional(readOnly = true)
    public Set<UUID> known(Collection<UUID> operations) {
        if (operations.isEmpty()) {
            return Set.of();
        }
        // at once: an attempt that becomes a lease meanwhile is in one of the two
        return new HashSet<>(jdbc.sql("""
                        select operation from lease where operation in (:operations) and state in (%s)
                        union all
                        select operation from issue_attempt where operation in (:operations) and failed_at is null
                        """.formatted(LeaseState.sql(LeaseState.LIVING)))
                .param("operations", operations)
                .query(UUID.class)
                .list());
    }

    /** A credential of this very subject, to be shown at the tenant in place of a sign-in. */
    @Transactional(readOnly = true)
    public Optional<IssuedCredential> held(LeaseOwner owner, Instant now) {
        return jdbc.sql("select " + LeaseRows.COLUMNS + " from lease where " + OF_OWNER
                        + """
                         and state in (%s) and expires_at > ? order by expires_at desc limit 1
                        """.formatted(LeaseState.sql(LeaseState.USABLE)))
                .params(owner.connection().value(), owner.host().toString(), owner.subject(), LeaseRows.utc(now))
                .query((row, number) -> rows.readToEnd(row))
                .optional()
                .filter(lease -> !lease.credential().token().equals(Credential.LOST))
                .map(lease -> new IssuedCredential(lease.credential(), lease.qlikUserId()));
    }
}
