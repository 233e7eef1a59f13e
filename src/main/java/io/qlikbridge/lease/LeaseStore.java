package io.qlikbridge.lease;

import static io.qlikbridge.lease.LeaseState.ACTIVE;
import static io.qlikbridge.lease.LeaseState.LIVING;
import static io.qlikbridge.lease.LeaseState.REVOKING;
import static io.qlikbridge.lease.LeaseState.SUPERSEDED;
import static io.qlikbridge.lease.LeaseState.USABLE;

import io.qlikbridge.changes.ChangeFeed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps leases while they are in use. */
@Component
public class LeaseStore {

    private static final String NOT_ACCEPTED = "no longer accepted by the tenant";

    private final JdbcClient jdbc;
    private final LeaseRows rows;
    private final ApplicationEventPublisher events;
    private final ChangeFeed changes;

    LeaseStore(JdbcClient jdbc, LeaseRows rows, ApplicationEventPublisher events, ChangeFeed changes) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.events = events;
        this.changes = changes;
    }

    /** The active lease of this very holder. */
    public Optional<Lease> active(LeaseKey holder) {
        return read(holder).map(Row::lease);
    }

    /** The same, and which transaction has written it. */
    public Optional<Row> activeRow(LeaseKey holder) {
        return read(holder);
    }

    /**
     * A lease as it was read.
     *
     * @param writtenBy the transaction, as the row's {@code xmin}
     */
    public record Row(Lease lease, long writtenBy) {

        /** Of the {@code xmin} and {@link LeaseRows#COLUMNS}; empty when it is another holder's. */
        public static Optional<Row> read(ResultSet row, LeaseRows rows, LeaseKey holder) throws SQLException {
            long writtenBy = Long.parseLong(row.getString("xmin"));
            return rows.read(row, holder).map(lease -> new Row(lease, writtenBy));
        }
    }

    private Optional<Row> read(LeaseKey holder) {
        return jdbc.sql("select xmin, " + LeaseRows.COLUMNS
                        + " from lease where connection_id = :connection and user_id = :user and state = "
                        + ACTIVE.sql())
                .param("connection", holder.connection().value())
                .param("user", holder.user())
                .query((row, number) -> Row.read(row, rows, holder))
                .optional()
                .flatMap(Function.identity());
    }

    /**
     * The user's leases as this subject at this host whose keys the tenant may still accept. Those that are to be ended
     * anyway come first, then the superseded ones.
     */
    @Transactional(readOnly = true)
    public List<KeptLease> kept(LeaseKey holder, Instant now) {
        return jdbc.sql("select state, " + LeaseRows.COLUMNS
                        + """
                         from lease where connection_id = :connection and user_id = :user and host = :host
                            and subject = :subject and state in (%s) and expires_at > :now
                        order by case state when %s then 1 when %s then 2 else 3 end, id
                        """.formatted(LeaseState.sql(LIVING), REVOKING.sql(), SUPERSEDED.sql()))
                .param("connection", holder.connection().value())
                .param("user", holder.user())
                .param("host", holder.host().toString())
                .param("subject", holder.subject())
                .param("now", LeaseRows.utc(now))
                .query((row, number) -> new KeptLease(rows.readToEnd(row), LeaseState.valueOf(row.getString("state"))))
                .list();
    }

    /** Takes a superseded lease into use again in place of the active one; empty if it was ended meanwhile. */
    @Transactional
    public Optional<Lease> reuse(LeaseKey holder, UUID superseded, Instant now) {
        // both rows at once, in the order in which they are ended
        List<@Nullable UUID> both = jdbc.sql("""
                        select id from lease where id = :id and state = %s
                            or connection_id = :connection and user_id = :user and state = %s
                        order by state for update
                        """.formatted(SUPERSEDED.sql(), ACTIVE.sql()))
                .param("id", superseded)
                .param("connection", holder.connection().value())
                .param("user", holder.user())
                .query(UUID.class)
                .list();
        if (!both.contains(superseded)) {
            return Optional.empty();
        }
        jdbc.sql("""
                        update lease set state = %s, superseded_at = :now, renewal_attempts = 0, next_renewal_at = null
                        where connection_id = :connection and user_id = :user and state = %s
                        """.formatted(SUPERSEDED.sql(), ACTIVE.sql()))
                .param("now", LeaseRows.utc(now))
                .param("connection", holder.connection().value())
                .param("user", holder.user())
                .update();
        jdbc.sql("update lease set state = " + ACTIVE.sql() + ", superseded_at = null where id = :id")
                .param("id", superseded)
                .update();
        changes.changed(holder.change());
        return jdbc.sql("select " + LeaseRows.COLUMNS + " from lease where id = :id")
                .param("id", superseded)
                .query((row, number) -> rows.read(row, holder))
                .optional()
                .flatMap(Function.identity());
    }

    /**
     * Takes a lease out of use that the tenant does not accept any more, unless it is out of use already, or took the place
     * of one that was not accepted either.
     *
     * @return whether the lease is in use all the same
     */
    @Transactional
    public boolean withdrawRefused(LeaseKey holder, UUID lease, Instant now) {
        List<EndedRow> dropped = jdbc.sql("""
                        update lease set state = %s, failure = :reason, ended_at = :now, next_revocation_at = :now
                        where id = :id and state = %s
                            and (not_replaced_before is null or not_replaced_before <= :now)
                        returning %s
                        """.formatted(REVOKING.sql(), ACTIVE.sql(), EndedRow.COLUMNS))
                .param("id", lease)
                .param("now", LeaseRows.utc(now))
                .param("reason", NOT_ACCEPTED)
                .query(EndedRow::read)
                .list();
        if (!dropped.isEmpty()) {
            changes.changed(holder.change());
            dropped.forEach(one -> events.publishEvent(one.event()));
            return false;
        }
        return jdbc.sql("select exists (select 1 from lease where id = :id and state = " + ACTIVE.sql() + ")")
                .param("id", lease)
                .query(Boolean.class)
                .single();
    }

    /** A lease that took the place of one that was not accepted is not replaced for that reason before then. */
    @Transactional
    public void onProbation(UUID lease, Instant until) {
        jdbc.sql("update lease set not_replaced_before = :until where id = :id")
                .param("id", lease)
                .param("until", LeaseRows.utc(until))
                .update();
    }

    /** The tenant accepted it: should that end, it may be replaced. */
    @Transactional
    public void accepted(UUID lease) {
        jdbc.sql("update lease set not_replaced_before = null where id = :id")
                .param("id", lease)
                .update();
    }

    /** When each of these leases was last used. */
    @Transactional
    public void used(Map<UUID, Instant> uses) {
        List<Map.Entry<UUID, Instant>> each = List.copyOf(uses.entrySet());
        // whoever is changing a row has something more important to say of it
        jdbc.sql("""
                        update lease l set last_used_at = greatest(l.last_used_at, used.at)
                        from (
                            select l.id, u.at from unnest(cast(:ids as uuid[]), cast(:times as timestamptz[])) as u (id, at)
                            join lease l on l.id = u.id order by l.id for no key update of l skip locked) used
                        where l.id = used.id
                        """)
                .param("ids", each.stream().map(use -> use.getKey().toString()).toArray(String[]::new))
                .param(
                        "times",
                        each.stream().map(use -> use.getValue().toString()).toArray(String[]::new))
                .update();
    }

    /**
     * Remembers how long somebody is told that a lease lasts.
     *
     * @return whether that can be promised: not of one that is being ended
     */
    @Transactional
    public boolean promised(UUID lease, Instant until) {
        return jdbc.sql("""
                                update lease set promised_until = greatest(promised_until, :until)
                                where id = :id and state in (%s)
                                """.formatted(LeaseState.sql(USABLE)))
                        .param("id", lease)
                        .param("until", LeaseRows.utc(until))
                        .update()
                == 1;
    }
}
