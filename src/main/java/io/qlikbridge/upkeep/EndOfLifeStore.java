package io.qlikbridge.upkeep;

import static io.qlikbridge.lease.LeaseState.EXPIRED;
import static io.qlikbridge.lease.LeaseState.REVOKING;
import static io.qlikbridge.lease.LeaseState.SUPERSEDED;

import io.qlikbridge.lease.LeaseRows;
import io.qlikbridge.lease.LeaseState;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Moves leases on that have come to their time. */
@Component
class EndOfLifeStore {

    private final JdbcClient jdbc;

    EndOfLifeStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes superseded leases out of use on which no promise rests any more, and that nobody can be using by now. */
    @Transactional
    public int retire(Instant now, Duration grace, int limit) {
        return jdbc.sql("""
                        update lease set state = %s, failure = :reason, ended_at = :now, next_revocation_at = :now
                        where id in (select id from lease where state = %s
                            and superseded_at <= :since and (promised_until is null or promised_until <= :now)
                            order by superseded_at limit :limit for update skip locked)
                        """.formatted(REVOKING.sql(), SUPERSEDED.sql()))
                .param("now", LeaseRows.utc(now))
                .param("reason", SUPERSEDED.slug())
                .param("since", LeaseRows.utc(now.minus(grace)))
                .param("limit", limit)
                .update();
    }

    /** Ends what has come to its time; the tenant does not accept it any more. */
    @Transactional
    public int expire(Instant now, int limit) {
        return jdbc.sql("""
                        update lease set state = %s, ended_at = coalesce(ended_at, expires_at), next_renewal_at = null,
                            next_revocation_at = null, hindrance = null, sealed_with = null, nonce = null, ciphertext = null
                        where id in (select id from lease where state in (%s)
                            and expires_at <= :now order by expires_at limit :limit for update skip locked)
                        """.formatted(EXPIRED.sql(), LeaseState.sql(EXPIRED.sources())))
                .param("now", LeaseRows.utc(now))
                .param("limit", limit)
                .update();
    }

    /**
     * Forgets leases that ended, and attempts that failed, before then. The audit goes on knowing them. What may be at a tenant
     * without our knowing is not forgotten.
     */
    @Transactional
    public void forget(Instant before, int limit) {
        jdbc.sql("""
                        delete from lease where id in (select id from lease where ended_at < :before
                            and state in (%s) limit :limit)
                        """.formatted(LeaseState.sql(LeaseState.ENDED)))
                .param("before", LeaseRows.utc(before))
                .param("limit", limit)
                .update();
        jdbc.sql("""
                        delete from issue_attempt where id in (select id from issue_attempt where failed_at < :before
                            and watched_until is null limit :limit)
                        """)
                .param("before", LeaseRows.utc(before))
                .param("limit", limit)
                .update();
    }
}
