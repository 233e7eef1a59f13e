package io.qlikbridge.useradmin;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.subject.MappedUser;
import io.qlikbridge.subject.SubjectStore;
import io.qlikbridge.username.NewUsername;
import io.qlikbridge.username.Username;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What an admin should know who maps users: whom else Qlik's section access takes for the same subject. Nothing of it is
 * refused, since a subject may be meant for two.
 */
@Component
public class SubjectWarnings {

    /** So many are told of one kind. */
    public static final int MOST = 20;

    /** Reads no more users of one subject than are told: a file may map all of its users to the same. */
    private static final String OTHERS = """
            , same as (
                select m.*, row_number() over (partition by m.connection_id, m.canonical order by m.user_id) as number
                from subject_mapping m where exists (select from mine
                    where mine.connection_id = m.connection_id and mine.canonical = m.canonical))
            select mine.place, mine.username, mine.connection_id, mine.subject, o.username as other, m.subject as theirs
            from mine join same m
                on m.connection_id = mine.connection_id and m.canonical = mine.canonical and m.user_id <> mine.user_id
            join local_user o on o.id = m.user_id
            where m.number <= %d
            union all
            select mine.place, mine.username, mine.connection_id, mine.subject, o.username as other, null as theirs
            from mine join subject_by_template t
                on t.connection_id = mine.connection_id and t.canonical = mine.canonical and t.user_id <> mine.user_id
            join local_user o on o.id = t.user_id and o.enabled
            where not exists (select from subject_mapping m
                where m.user_id = t.user_id and m.connection_id = t.connection_id)
            order by place, connection_id, other limit %d
            """.formatted(MOST + 2, MOST + 1);

    private final SubjectStore store;
    private final JdbcClient jdbc;

    SubjectWarnings(SubjectStore store, JdbcClient jdbc) {
        this.store = store;
        this.jdbc = jdbc;
    }

    /** Of this user, as it is kept now: a sentence for each other user, at most {@value #MOST} and one, and for its name. */
    public List<String> of(MappedUser user) {
        List<String> warnings = new ArrayList<>();
        NewUsername.mixed(user.user().username()).ifPresent(warnings::add);
        if (!user.subjects().isEmpty()) {
            store.spell();
            warnings.addAll(of(user.user().id()));
        }
        return warnings;
    }

    private List<String> of(UUID user) {
        return told(jdbc.sql("""
                        with mine as (
                            select 0 as place, u.username, m.* from subject_mapping m join local_user u on u.id = m.user_id
                            where m.user_id = :user)
                        """ + OTHERS).param("user", user));
    }

    /**
     * The same of all users whom an import has just created or changed, inside its transaction.
     *
     * @param mixed names of users, new ones and others, whose letters are of several scripts
     * @param mapped whether it maps them to subjects
     */
    public List<String> ofImport(List<Username> mixed, boolean mapped) {
        List<String> warnings = new ArrayList<>();
        if (!mixed.isEmpty()) {
            warnings.addAll(ofNames(mixed));
        }
        if (mapped) {
            store.spell();
            warnings.addAll(ofSubjects());
        }
        return warnings;
    }

    private List<String> ofNames(List<Username> mixed) {
        List<Username> created = jdbc.sql("""
                        select u.username from user_import_kept k join local_user u on u.id = k.user_id
                        where k.created and u.username = any(:mixed) order by k.line
                        """)
                .param("mixed", mixed.stream().map(Username::value).toArray(String[]::new))
                .query((row, number) -> new Username(Objects.requireNonNull(row.getString("username"))))
                .list();
        List<String> warnings = new ArrayList<>();
        created.stream().limit(MOST).map(NewUsername::mixed).forEach(warning -> warning.ifPresent(warnings::add));
        if (created.size() > MOST) {
            warnings.add("There are more usernames with letters of several scripts.");
        }
        return warnings;
    }

    private List<String> ofSubjects() {
        return told(jdbc.sql("""
                with mine as (
                    select k.line as place, u.username, m.*
                    from user_import_kept k join local_user u on u.id = k.user_id join subject_mapping m on m.user_id = u.id)
                """ + OTHERS));
    }

    private static List<String> told(JdbcClient.StatementSpec others) {
        Set<String> told = new LinkedHashSet<>();
        List<String> all = others.query((row, number) -> sentence(
                        row.getString("username"),
                        new ConnectionId(row.getString("connection_id")),
                        Objects.requireNonNull(row.getString("subject")),
                        row.getString("other"),
                        row.getString("theirs")))
                .list();
        told.addAll(all.subList(0, Math.min(all.size(), MOST)));
        List<String> warnings = new ArrayList<>(told);
        if (all.size() > MOST) {
            warnings.add("There are more users whom Qlik takes for others.");
        }
        return warnings;
    }

    private static String sentence(
            String user, ConnectionId connection, String subject, String other, @Nullable String theirs) {
        if (theirs == null) {
            return "User " + other + " is the subject " + subject + " on connection " + connection
                    + " by its subject template, or what Qlik takes for the same. User " + user
                    + " is mapped to it, so user " + other + " is refused from now on.";
        }
        return theirs.equals(subject)
                ? "Users " + user + " and " + other + " are both mapped to the subject " + subject + " on connection "
                        + connection + ": they are one user at the tenant."
                : "User " + user + " is mapped to the subject " + subject + " on connection " + connection + ", user "
                        + other + " to " + theirs
                        + ". Qlik's section access compares them in upper case, so each sees the other's rows.";
    }
}
