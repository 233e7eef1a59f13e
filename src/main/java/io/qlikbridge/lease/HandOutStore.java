package io.qlikbridge.lease;

import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps which client was handed which lease, for as long as the lease is kept, whether the client is or not. */
@Component
public class HandOutStore {

    private final JdbcClient jdbc;

    HandOutStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Of no effect when the lease has gone with its connection meanwhile. */
    @Transactional
    public void add(String clientId, UUID lease, Instant now) {
        jdbc.sql("""
                        insert into lease_handed_out (client_id, lease_id, at)
                        select :client, id, :now from lease where id = :lease
                        on conflict (client_id, lease_id) do update set at = excluded.at
                        """)
                .param("client", clientId)
                .param("lease", lease)
                .param("now", LeaseRows.utc(now))
                .update();
    }

    /** Whether this client was handed anything that is remembered. */
    @Transactional(readOnly = true)
    public boolean knows(String clientId) {
        return jdbc.sql("select exists (select 1 from lease_handed_out where client_id = :client)")
                .param("client", clientId)
                .query(Boolean.class)
                .single();
    }

    /** How many of the leases that this client was handed the tenant may still take. */
    @Transactional(readOnly = true)
    public long alive(String clientId, Instant now) {
        return jdbc.sql("""
                        select count(*) from lease_handed_out h join lease l on l.id = h.lease_id
                        where h.client_id = :client and l.state in (%s) and l.expires_at > :now
                        """.formatted(LeaseState.sql(LeaseState.LIVING)))
                .param("client", clientId)
                .param("now", LeaseRows.utc(now))
                .query(Long.class)
                .single();
    }
}
