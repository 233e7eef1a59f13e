package io.qlikbridge.userimport;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where the lines of an import wait until all have come in: a temporary table that goes with the transaction. */
@Component
class ImportStage {

    private static final int ROWS_AT_ONCE = 1000;

    private final JdbcTemplate template;
    private final JdbcClient jdbc;

    ImportStage(JdbcTemplate template, JdbcClient jdbc) {
        this.template = template;
        this.jdbc = jdbc;
    }

    void open() {
        jdbc.sql("""
                        create temporary table user_import (line bigint not null, id uuid not null,
                            username text collate "C" not null, name text, email text, email_verified boolean not null,
                            groups text[] not null, enabled boolean not null, subjects text[] not null, canonicals text[] not null,
                            given text collate "C" not null, fault text) on commit drop
                        """).update();
    }

    void add(List<ImportLine> lines, ImportColumns columns) {
        ImportCopy copy = new ImportCopy();
        lines.forEach(line -> copy.add(line, columns.subjectsOf(line.mapped())));
        template.execute((ConnectionCallback<Long>) connection -> copy(connection, copy.toString()));
    }

    private static Long copy(Connection connection, String lines) throws SQLException {
        try {
            return connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy user_import from stdin", new StringReader(lines));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** All lines have come in. */
    void close() {
        jdbc.sql("analyze user_import").update();
        // who was called so before there were rules for names goes on being called so
        jdbc.sql("""
                        update user_import i set username = given, fault = null
                        where (fault is not null or given <> username)
                            and exists (select from local_user u where u.username = i.given)
                        """).update();
    }

    /** Notes the lines that do not fit each other, or the users that are there. */
    void check(ImportColumns columns, ImportErrors errors) {
        jdbc.sql("""
                        select line, first, username, unverifiable, fault from (
                            select i.line, i.username, i.fault, min(i.line) over (partition by i.username) as first,
                                i.email_verified and %s is null as unverifiable
                            from user_import i left join local_user u on u.username = i.username) checked
                        where line > first or unverifiable or fault is not null
                        """.formatted(columns.has(ImportColumns.EMAIL) ? "i.email" : "u.email"))
                .withFetchSize(ROWS_AT_ONCE)
                .query(row -> {
                    long line = row.getLong("line");
                    long first = row.getLong("first");
                    String fault = row.getString("fault");
                    if (fault != null) {
                        errors.add(line, "username: " + fault);
                    } else if (line > first) {
                        errors.add(
                                line,
                                "username: " + ImportErrors.cut(row.getString("username")) + " is on line " + first
                                        + " already");
                    } else {
                        errors.add(line, "emailVerified: is true only where there is an email");
                    }
                });
    }
}
