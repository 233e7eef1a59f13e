package io.qlikbridge.userimport;

import io.qlikbridge.subject.UserFacts;
import io.qlikbridge.userimport.ImportPreview.Change;
import io.qlikbridge.userimport.ImportPreview.Difference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Tells what an import has changed, of what {@link ImportMerge} has laid out; a few users at a time, for each may be long. */
@Component
class ImportChanges {

    private static final int LONGEST = 300;
    private static final int ROWS_AT_ONCE = 10;
    private static final String BETWEEN = "; ";

    private static final String ALL = " from " + UsersImported.CHANGES + """
             c join user_import_kept k using (user_id) join local_user u on u.id = c.user_id
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    ImportChanges(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    ImportPreview of(ImportAnswer answer) {
        List<Change> changes = jdbc.sql("""
                        select k.line, c.username, c.created, k.was_name, u.name, k.was_email, u.email,
                            cast(c.before as text) as before, cast(c.after as text) as after
                        """ + ALL + " order by k.line limit :most")
                .param("most", ImportPreview.MOST)
                .withFetchSize(ROWS_AT_ONCE)
                .query((row, number) -> change(row))
                .list();
        return new ImportPreview(answer, changes, digest(), false);
    }

    /** In constant memory, however many there are; the ids of new users are others each time. */
    private String digest() {
        return jdbc.sql("""
                        select concat_ws(':', count(*), sum(hashtextextended(told, 1)), sum(hashtextextended(told, 2)))
                        from (select cast(row (c.username, c.created, k.was_name, u.name, k.was_email, u.email, c.before, c.after)
                            as text) as told
                        """ + ALL + ") changes").query(String.class).single();
    }

    private Change change(ResultSet row) throws SQLException {
        boolean created = row.getBoolean("created");
        UserFacts after = facts(Objects.requireNonNull(row.getString("after")));
        UserFacts before = created ? null : facts(Objects.requireNonNull(row.getString("before")));
        List<Difference> all = new ArrayList<>();
        add(all, ImportColumns.NAME, row.getString("was_name"), row.getString("name"));
        add(all, ImportColumns.EMAIL, row.getString("was_email"), row.getString("email"));
        boolean wasVerified = before != null && before.emailVerified();
        add(all, ImportColumns.EMAIL_VERIFIED, String.valueOf(wasVerified), String.valueOf(after.emailVerified()));
        addGroups(all, before == null ? List.of() : before.groups(), after.groups());
        add(
                all,
                ImportColumns.ENABLED,
                before == null ? null : String.valueOf(before.enabled()),
                String.valueOf(after.enabled()));
        addSubjects(all, before, after);
        return new Change(row.getLong("line"), Objects.requireNonNull(row.getString("username")), created, all);
    }

    private UserFacts facts(String text) {
        return json.readValue(text, UserFacts.class);
    }

    private static void addSubjects(List<Difference> all, @Nullable UserFacts before, UserFacts after) {
        TreeSet<String> connections = new TreeSet<>(after.subjects().keySet());
        if (before != null) {
            connections.addAll(before.subjects().keySet());
        }
        connections.forEach(id -> add(
                all,
                ImportColumns.SUBJECT + id,
                before == null ? null : before.subjects().get(id),
                after.subjects().get(id)));
    }

    /** Long lists without what both have, so that what changes is seen. */
    private static void addGroups(List<Difference> all, List<String> before, List<String> after) {
        if (before.equals(after)) {
            return;
        }
        String from = String.join(BETWEEN, before);
        String to = String.join(BETWEEN, after);
        boolean isLong = from.length() > LONGEST || to.length() > LONGEST;
        if (isLong && !(before.containsAll(after) && after.containsAll(before))) {
            from = String.join(BETWEEN, without(before, after));
            to = String.join(BETWEEN, without(after, before));
        }
        all.add(new Difference(ImportColumns.GROUPS, cut(from), cut(to)));
    }

    private static List<String> without(List<String> groups, List<String> others) {
        Set<String> left = new LinkedHashSet<>(groups);
        left.removeAll(new HashSet<>(others));
        return Stream.concat(Stream.of("…"), left.stream()).toList();
    }

    private static void add(List<Difference> all, String property, @Nullable String from, @Nullable String to) {
        if (!Objects.equals(from, to)) {
            all.add(new Difference(property, cut(from), cut(to)));
        }
    }

    private static @Nullable String cut(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        return value.codePointCount(0, value.length()) <= LONGEST
                ? value
                : value.substring(0, value.offsetByCodePoints(0, LONGEST)) + "…";
    }
}
