package io.qlikbridge.replica;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps when each replica was last heard of. */
@Component
class ReplicaStore {

    private static final int MOST = 200;

    private final JdbcClient jdbc;

    ReplicaStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Notes that a replica runs. */
    @Transactional
    void seen(Replica replica) {
        jdbc.sql("""
                        insert into replica (id, name, version, started_at, seen_at)
                        values (:id, :name, :version, :startedAt, :seenAt)
                        on conflict (id) do update set seen_at = excluded.seen_at
                        """)
                .param("id", replica.id())
                .param("name", replica.name())
                .param("version", replica.version())
                .param("startedAt", utc(replica.startedAt()))
                .param("seenAt", utc(replica.seenAt()))
                .update();
    }

    @Transactional
    void gone(UUID id) {
        jdbc.sql("delete from replica where id = :id").param("id", id).update();
    }

    /** Forgets those that were not seen since then. */
    @Transactional
    void forget(Instant before) {
        jdbc.sql("delete from replica where seen_at < :before")
                .param("before", utc(before))
                .update();
    }

    /** Those seen since then, in the order of their start. */
    @Transactional(readOnly = true)
    List<Replica> since(Instant time) {
        return jdbc.sql("""
                        select id, name, version, started_at, seen_at from replica where seen_at >= :since
                        order by started_at, id limit :most
                        """)
                .param("since", utc(time))
                .param("most", MOST)
                .query(ReplicaStore::replica)
                .list();
    }

    private static Replica replica(ResultSet row, int number) throws SQLException {
        return new Replica(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("version"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getObject("seen_at", OffsetDateTime.class).toInstant());
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
