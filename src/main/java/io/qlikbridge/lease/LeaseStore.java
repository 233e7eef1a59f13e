package io.qlikbridge.lease;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps leases while they are in use. */
@Component
class LeaseStore {

    private final JdbcClient jdbc;
    private final LeaseRows rows;

    LeaseStore(JdbcClient jdbc, LeaseRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /** The active lease of this very holder. */
    @Transactional(readOnly = true)
    public Optional<Lease> active(Holder holder) {
        return jdbc.sql("select " + LeaseRows.COLUMNS
                        + " from lease where connection_id = :connection and user_id = :user and state = 'ACTIVE'")
                .param("connection", holder.connection().value())
                .param("user", holder.user())
                .query(rows::read)
                .optional()
                .filter(holder::holds);
    }

    /** Takes a lease out of use that the tenant does not accept any more, if it still is in use. */
    @Transactional
    public void drop(Holder holder, UUID lease) {
        jdbc.sql("""
                        update lease set state = 'REVOKED', failure = 'no longer accepted by the tenant'
                        where id = :id and state = 'ACTIVE'
                        """).param("id", lease).update();
        LeaseNews.tell(jdbc, holder);
    }

    @Transactional
    public void used(UUID lease, Instant at) {
        jdbc.sql("update lease set last_used_at = greatest(last_used_at, :at) where id = :id")
                .param("id", lease)
                .param("at", LeaseRows.utc(at))
                .update();
    }

    /** Remembers how long somebody was told that a lease lasts. */
    @Transactional
    public void promised(UUID lease, Instant until) {
        jdbc.sql("update lease set promised_until = greatest(promised_until, :until) where id = :id")
                .param("id", lease)
                .param("until", LeaseRows.utc(until))
                .update();
    }
}
