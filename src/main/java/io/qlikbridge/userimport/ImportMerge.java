package io.qlikbridge.userimport;

import io.qlikbridge.connection.ConnectionId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Puts the users of an import, as {@link ImportStage} has them, in the place of those that are there, each step at once for
 * all. Users are locked in the order of their names, so that no two imports wait for each other in a circle; their version
 * goes up, so that nobody overwrites them with what was read before.
 */
@Component
class ImportMerge {

    private static final int ROWS_AT_ONCE = 1000;
    private static final int MANY = 1000;

    /** {@link io.qlikbridge.subject.UserFacts} of the user {@code u}. */
    private static final String FACTS = """
            jsonb_build_object('enabled', u.enabled, 'emailVerified', u.email_verified, 'groups', to_jsonb(u.groups),
                'subjects', (select coalesce(jsonb_object_agg(s.connection_id, s.subject), '{}')
                    from subject_mapping s where s.user_id = u.id))
            """;

    private final JdbcClient jdbc;

    ImportMerge(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps the connections of the import in their place; tells whether all are still there. */
    boolean lockConnections(ImportColumns columns) {
        // before the users, as whoever deletes one does it
        return jdbc.sql("select id from connection where id = any(:connections) order by id for key share")
                        .param("connections", connections(columns))
                        .query(String.class)
                        .list()
                        .size()
                == columns.subjects().size();
    }

    /** Keeps others from changing the users of the import; tells how many there are already. */
    int lockUsers() {
        return jdbc.sql("""
                        select count(*) from (
                            select u.id from local_user u join user_import i on i.username = u.username
                            order by u.username for no key update of u) present
                        """).query(Integer.class).single();
    }

    /** Adds the users that are not there; tells how many. */
    int create(Instant now) {
        jdbc.sql("""
                        create temporary table user_import_kept (user_id uuid not null, line bigint not null,
                            created boolean not null, disabled boolean not null, was_name text, was_email text, before jsonb)
                            on commit drop
                        """).update();
        int created = jdbc.sql("""
                        with made as (
                            insert into local_user (id, version, username, name, email, email_verified, groups, enabled,
                                created_at, updated_at)
                            select i.id, 0, i.username, i.name, i.email, i.email_verified, i.groups, i.enabled, :now, :now
                            from user_import i
                            where not exists (select from local_user u where u.username = i.username)
                            order by i.username
                            on conflict (username) do nothing
                            returning id)
                        insert into user_import_kept (user_id, line, created, disabled)
                        select id, i.line, true, false from made join user_import i using (id)
                        """).param("now", now.atOffset(ZoneOffset.UTC)).update();
        discardPlans();
        return created;
    }

    /**
     * Restricts the rest of the transaction to hash joins when there are many lines. PostgreSQL's statistics are from before the
     * import, so its estimates are far too low, and a nested loop or a merge by part of the key takes hours for 100,000 lines.
     */
    void planFor(int lines) {
        if (lines > MANY) {
            jdbc.sql("set local enable_nestloop = off").update();
            jdbc.sql("set local enable_mergejoin = off").update();
        }
    }

    /**
     * Discards the plans that the session has cached, among them those of its foreign key checks: one that was made while there
     * were a few users scans all users for each row.
     */
    private void discardPlans() {
        jdbc.sql("discard plans").update();
    }

    /** Changes the users that are not as the import wants them; tells how many. */
    int update(ImportColumns columns, Instant now) {
        ImportValues values = new ImportValues(columns);
        int changed = jdbc.sql("""
                        insert into user_import_kept
                        select u.id, i.line, false, u.enabled and not %s, u.name, u.email, %s
                        from user_import i join local_user u on u.username = i.username and u.id <> i.id
                        where (u.name, u.email, u.email_verified, u.groups, u.enabled) is distinct from (%s)
                            or exists (
                                select from unnest(cast(:connections as text[])) with ordinality as c (id, place)
                                left join subject_mapping m on m.user_id = u.id and m.connection_id = c.id
                                where m.subject is distinct from i.subjects[c.place])
                        """.formatted(values.enabled(), FACTS, values.all()))
                .param("connections", connections(columns))
                .update();
        jdbc.sql("""
                        update local_user u
                        set (name, email, email_verified, groups, enabled) = row (%s), version = version + 1, updated_at = :now
                        from user_import_kept k join user_import i using (line)
                        where u.id = k.user_id and not k.created
                        """.formatted(values.all()))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        return changed;
    }

    /** Gives the users that were created or changed the subjects of the import. */
    void map(ImportColumns columns) {
        jdbc.sql("""
                        delete from subject_mapping m
                        using user_import_kept k join user_import i using (line),
                            unnest(cast(:connections as text[])) with ordinality as c (id, place)
                        where m.user_id = k.user_id and m.connection_id = c.id and i.subjects[c.place] is null
                        """).param("connections", connections(columns)).update();
        jdbc.sql("""
                        insert into subject_mapping as m (user_id, connection_id, subject, canonical)
                        select k.user_id, c.id, i.subjects[c.place], i.canonicals[c.place]
                        from user_import_kept k join user_import i using (line),
                            unnest(cast(:connections as text[])) with ordinality as c (id, place)
                        where i.subjects[c.place] is not null
                        on conflict (user_id, connection_id) do update set subject = excluded.subject, canonical = excluded.canonical
                            where m.subject <> excluded.subject
                        """).param("connections", connections(columns)).update();
    }

    /** Lays out for others which users were created and changed, as {@link UsersImported} says. */
    void layOutChanges() {
        jdbc.sql("analyze user_import_kept").update();
        // the facts are put together once for each user, and the subjects of all in one pass
        jdbc.sql("create temporary table " + UsersImported.CHANGES + """
                         on commit drop as
                        with is_now as materialized (
                            select u.id as user_id, u.username, u.name, u.email, jsonb_build_object('enabled', u.enabled,
                                'emailVerified', u.email_verified, 'groups', to_jsonb(u.groups),
                                'subjects', coalesce(s.subjects, '{}')) as after
                            from user_import_kept k join local_user u on u.id = k.user_id
                                left join (select m.user_id, jsonb_object_agg(m.connection_id, m.subject) as subjects
                                    from subject_mapping m join user_import_kept using (user_id) group by m.user_id) s
                                on s.user_id = u.id)
                        select k.user_id, n.username, k.created, k.before, n.after, array_remove(array[
                                case when n.name is distinct from k.was_name then 'name' end,
                                case when n.email is distinct from k.was_email then 'email' end,
                                case when n.after -> 'emailVerified' <> k.before -> 'emailVerified'
                                    then 'emailVerified' end,
                                case when n.after -> 'groups' <> k.before -> 'groups' then 'groups' end,
                                case when n.after -> 'enabled' <> k.before -> 'enabled' then 'enabled' end,
                                case when n.after -> 'subjects' <> k.before -> 'subjects' then 'subjects' end
                            ], null) as changed
                        from user_import_kept k join is_now n using (user_id)
                        """).update();
    }

    /** Tells of each user that was changed, and whether it was disabled by that. */
    void updated(BiConsumer<UUID, Boolean> user) {
        jdbc.sql("select user_id, disabled from user_import_kept where not created order by user_id")
                .withFetchSize(ROWS_AT_ONCE)
                .query(row -> {
                    user.accept(row.getObject("user_id", UUID.class), row.getBoolean("disabled"));
                });
    }

    private static String[] connections(ImportColumns columns) {
        return columns.subjects().keySet().stream().map(ConnectionId::value).toArray(String[]::new);
    }
}
