package io.qlikbridge.leaseadmin;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.lease.LeaseOwner;
import io.qlikbridge.lease.LeaseRows;
import io.qlikbridge.lease.LeaseState;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.username.Username;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Shows leases and attempts to issue one to admins, without opening any. */
@Component
class LeaseListStore {

    private static final String COLUMNS =
            """
            select id, connection_id, %s as username, subject, host, qlik_user_id, qlik_key_id, state, issued_at, expires_at,
                renew_at, last_used_at, hindrance
            from (
                select id, connection_id, user_id, username, subject, host, qlik_user_id, qlik_key_id, cast(state as text) as state, issued_at,
                    expires_at, renew_at, last_used_at, hindrance
                from lease
                union all
                select id, connection_id, user_id, username, subject, host, null, null,
                    case when failed_at is null then %s else %s end, null, null, null, null, null
                from issue_attempt
            ) as lease
            """.formatted(LeaseOwner.USERNAME, LeaseState.ISSUING.sql(), LeaseState.FAILED.sql());

    private static final UUID FIRST = new UUID(0, 0);

    private final JdbcClient jdbc;

    LeaseListStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional(readOnly = true)
    public Optional<LeaseView> find(UUID id) {
        return jdbc.sql(COLUMNS + "where id = :id")
                .param("id", id)
                .query(LeaseListStore::view)
                .optional();
    }

    /** The lease of this id, or {@code lease-not-found}, also for what cannot be an id. */
    @Transactional(readOnly = true)
    public LeaseView of(String id) {
        try {
            return find(UUID.fromString(id)).orElseThrow(() -> notFound(id));
        } catch (IllegalArgumentException notAnId) {
            throw notFound(id);
        }
    }

    /** Whether a user of this name, who is gone, had a lease that is still listed. */
    @Transactional(readOnly = true)
    public boolean isKnown(Username former) {
        return jdbc.sql("""
                        select exists (select 1 from lease where username = :user and user_id is null)
                            or exists (select 1 from issue_attempt where username = :user and user_id is null)
                        """).param("user", former.value()).query(Boolean.class).single();
    }

    /** What somebody is called by now to whom a lease was issued under this name. */
    @Transactional(readOnly = true)
    public Optional<Username> renamed(Username former) {
        return jdbc.sql("""
                        select u.username from (
                            select id, user_id, username from lease
                            union all select id, user_id, username from issue_attempt
                        ) as l join local_user u on u.id = l.user_id
                        where l.username = :user and u.username <> :user order by l.id desc limit 1
                        """)
                .param("user", former.value())
                .query((row, number) -> new Username(row.getString("username")))
                .optional();
    }

    /** At most {@code limit} leases in the order they were begun, behind {@code after}. */
    @Transactional(readOnly = true)
    public List<LeaseView> list(LeaseQuery query, String after, int limit) {
        LeaseState state = query.wantedState();
        Instant expiresBefore = query.expiryLimit();
        return jdbc.sql(COLUMNS + """
                        where id > :after
                            and (cast(:connection as text) is null or connection_id = :connection)
                            and (cast(:user as text) is null
                                or user_id = (select u.id from local_user u where u.username = :user)
                                or user_id is null and username = :user)
                            and (cast(:state as text) is null or state = :state)
                            and (cast(:expiresBefore as timestamptz) is null or expires_at < :expiresBefore)
                        order by id limit :limit
                        """)
                .param("after", after.isEmpty() ? FIRST : cursor(after))
                .param("connection", query.connection())
                .param("user", query.user())
                .param("state", state == null ? null : state.name())
                .param("expiresBefore", expiresBefore == null ? null : LeaseRows.utc(expiresBefore))
                .param("limit", limit)
                .query(LeaseListStore::view)
                .list();
    }

    private static BridgeException notFound(String id) {
        return new BridgeException(ProblemCode.LEASE_NOT_FOUND, "There is no lease " + id + ".");
    }

    private static UUID cursor(String after) {
        try {
            return UUID.fromString(after);
        } catch (IllegalArgumentException notOurs) {
            throw BridgeException.invalid("after", "is not a cursor of this list; send \"next\" of the page before");
        }
    }

    private static LeaseView view(ResultSet row, int number) throws SQLException {
        return new LeaseView(
                row.getObject("id", UUID.class),
                new ConnectionId(row.getString("connection_id")),
                row.getString("username"),
                row.getString("subject"),
                URI.create(row.getString("host")),
                row.getString("qlik_user_id"),
                row.getString("qlik_key_id"),
                LeaseState.valueOf(row.getString("state")),
                LeaseRows.instant(row, "issued_at"),
                LeaseRows.instant(row, "expires_at"),
                LeaseRows.instant(row, "renew_at"),
                LeaseRows.instant(row, "last_used_at"),
                row.getString("hindrance"));
    }
}
