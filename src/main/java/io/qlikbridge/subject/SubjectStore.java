package io.qlikbridge.subject;

import io.qlikbridge.connection.ConnectionId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps who is which subject, by {@link QlikSpelling#key}: users who are mapped to one, and of each that a template makes the
 * one user who has it.
 */
@Component
public class SubjectStore {

    private static final int ROWS_AT_ONCE = 1000;

    private final JdbcTemplate template;
    private final JdbcClient jdbc;

    SubjectStore(JdbcTemplate template, JdbcClient jdbc) {
        this.template = template;
        this.jdbc = jdbc;
    }

    Optional<String> mapping(UUID user, ConnectionId connection) {
        return jdbc.sql("select subject from subject_mapping where user_id = :user and connection_id = :connection")
                .param("user", user)
                .param("connection", connection.value())
                .query(String.class)
                .optional();
    }

    /**
     * Whether anybody is mapped to a subject, or has it by a template.
     *
     * @param claimant who is given it at once if it is nobody's, unless somebody is faster; {@code null} for nobody
     */
    Standing standing(ConnectionId connection, String key, @Nullable UUID claimant) {
        return jdbc.sql("""
                        with standing as materialized (
                            select exists (select from subject_mapping
                                    where connection_id = :connection and canonical = :key) as mapped,
                                (select user_id from subject_by_template
                                    where connection_id = :connection and canonical = :key) as holder,
                                exists (select from subject_mapping where canonical is null) as unspelled),
                        given as (
                            insert into subject_by_template (connection_id, canonical, user_id)
                            select c.id, :key, u.id from standing s, local_user u, connection c
                            where not s.mapped and s.holder is null and not s.unspelled
                                and u.id = cast(:claimant as uuid) and c.id = :connection for key share of u, c
                            on conflict do nothing
                            returning user_id)
                        select mapped, coalesce(holder, (select user_id from given)) as holder, unspelled from standing
                        """)
                .param("connection", connection.value())
                .param("key", key)
                .param("claimant", claimant)
                .query((row, number) -> new Standing(
                        row.getBoolean("mapped"), row.getObject("holder", UUID.class), row.getBoolean("unspelled")))
                .single();
    }

    /**
     * Gives the user a subject that a template makes, unless somebody was faster.
     *
     * @param former whose it is not any more; {@code null} when it is nobody's
     * @return who has it then; empty when the user or the connection is gone
     */
    @Transactional
    Optional<UUID> claim(ConnectionId connection, String key, UUID user, @Nullable UUID former) {
        String sql = former == null ? """
                        insert into subject_by_template (connection_id, canonical, user_id)
                        select c.id, :key, u.id from local_user u, connection c
                        where u.id = :user and c.id = :connection for key share
                        on conflict do nothing
                        """ : """
                        update subject_by_template set user_id = :user
                        where connection_id = :connection and canonical = :key and user_id = :former
                        """;
        jdbc.sql(sql)
                .param("connection", connection.value())
                .param("key", key)
                .param("user", user)
                .param("former", former)
                .update();
        return jdbc.sql(
                        "select user_id from subject_by_template where connection_id = :connection and canonical = :key")
                .param("connection", connection.value())
                .param("key", key)
                .query(UUID.class)
                .optional();
    }

    @Transactional(readOnly = true)
    boolean isAnyClaimed() {
        return jdbc.sql("select exists (select from subject_by_template)")
                .query(Boolean.class)
                .single();
    }

    /** Gives each of these its subject, unless it is mapped to one, or somebody before it has that. */
    @Transactional
    void claimAll(List<Claimed> claimed) {
        template.batchUpdate("""
                insert into subject_by_template (connection_id, canonical, user_id)
                select c.id, ?, u.id from local_user u, connection c where u.id = ? and c.id = ?
                    and not exists (select from subject_mapping m where m.user_id = u.id and m.connection_id = c.id)
                on conflict do nothing
                """, claimed, ROWS_AT_ONCE, (statement, one) -> {
            statement.setString(1, QlikSpelling.key(one.subject()));
            statement.setObject(2, one.user());
            statement.setString(3, one.connection().value());
        });
    }

    /** Adds the spelling of mappings that were made by who does not know of it: a former version, or somebody's own SQL. */
    @Transactional
    public int spell() {
        int spelled = 0;
        List<Unspelled> some = unspelled();
        while (!some.isEmpty()) {
            template.batchUpdate("""
                    update subject_mapping set canonical = ?
                    where user_id = ? and connection_id = ? and subject = ? and canonical is null
                    """, some, ROWS_AT_ONCE, (statement, one) -> {
                statement.setString(1, QlikSpelling.key(one.subject()));
                statement.setObject(2, one.user());
                statement.setString(3, one.connection());
                statement.setString(4, one.subject());
            });
            spelled += some.size();
            some = unspelled();
        }
        return spelled;
    }

    private List<Unspelled> unspelled() {
        return jdbc.sql("""
                        select user_id, connection_id, subject from subject_mapping where canonical is null
                        order by user_id, connection_id limit :limit for update
                        """)
                .param("limit", ROWS_AT_ONCE)
                .query((row, number) -> new Unspelled(
                        row.getObject("user_id", UUID.class), row.getString("connection_id"), row.getString("subject")))
                .list();
    }

    /**
     * Whose a subject is.
     *
     * @param holder who has it by the connection's template, or had it
     * @param unspelled whether there are mappings that could not be compared
     */
    record Standing(boolean mapped, @Nullable UUID holder, boolean unspelled) {}

    /** A subject that a user has by a template. */
    record Claimed(ConnectionId connection, UUID user, String subject) {}

    private record Unspelled(UUID user, String connection, String subject) {}
}
