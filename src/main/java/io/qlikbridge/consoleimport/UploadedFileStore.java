package io.qlikbridge.consoleimport;

import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.userimport.ImportPreview;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Keeps uploaded files where every replica finds them, one of each admin, until they are imported or an hour is over. */
@Component
@ConditionalOnConsole
class UploadedFileStore {

    /** A check or an import tells of itself each second. */
    private static final String SILENT = "beat_at < now() - interval '20 seconds'";

    private static final String UNDER_WAY = "state in ('CHECKING', 'IMPORTING') and not " + SILENT;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    UploadedFileStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Begins a file; those of the same owner that are not being checked or imported go. */
    @Transactional
    void begin(UUID id, String owner, String name, @Nullable String charset) {
        jdbc.sql("delete from import_file where owner = :owner and not (" + UNDER_WAY + ")")
                .param("owner", owner)
                .update();
        jdbc.sql("""
                        insert into import_file (id, owner, name, charset, size, state, run, bytes_read, beat_at, superseded,
                            created_at)
                        values (:id, :owner, :name, :charset, 0, 'RECEIVING', 0, 0, now(), false, now())
                        """)
                .param("id", id)
                .param("owner", owner)
                .param("name", name)
                .param("charset", charset)
                .update();
    }

    /** Adds a part; tells whether the file is still wanted. */
    boolean append(UUID id, int number, byte[] bytes) {
        return jdbc.sql("""
                                with file as (
                                    update import_file set size = size + :length where id = :id and state = 'RECEIVING' returning id)
                                insert into import_file_part (file_id, number, bytes) select id, :number, :bytes from file
                                """)
                        .param("id", id)
                        .param("number", number)
                        .param("length", bytes.length)
                        .param("bytes", bytes)
                        .update()
                > 0;
    }

    /** A part of a file, also inside the transaction that takes its users; empty behind the last, and when the file is gone. */
    Optional<byte[]> part(UUID id, int number) {
        return jdbc.sql("select bytes from import_file_part where file_id = :id and number = :number")
                .param("id", id)
                .param("number", number)
                .query((row, at) -> Objects.requireNonNull(row.getBytes("bytes")))
                .optional();
    }

    Optional<UploadedFile> find(UUID id, String owner) {
        return jdbc.sql("select f.*, " + SILENT + " as silent from import_file f where id = :id and owner = :owner")
                .param("id", id)
                .param("owner", owner)
                .query((row, number) -> file(row))
                .optional();
    }

    /**
     * Begins to check a file of which nothing is under way.
     *
     * @return the number of the run; empty for a file that is gone, or is being checked or imported
     */
    Optional<Integer> check(UUID id) {
        return run(id, "CHECKING", "state <> 'IMPORTED' and not (" + UNDER_WAY + ")");
    }

    /** Begins to import a file that was checked; else as {@link #check}. */
    Optional<Integer> take(UUID id) {
        return run(id, "IMPORTING", "state = 'CHECKED'");
    }

    private Optional<Integer> run(UUID id, String state, String condition) {
        return jdbc.sql("""
                        update import_file set state = :state, run = run + 1, bytes_read = 0, beat_at = now(), failure = null
                        where id = :id and %s returning run
                        """.formatted(condition))
                .param("id", id)
                .param("state", state)
                .query(Integer.class)
                .optional();
    }

    /** Tells that a run goes on. */
    void beat(UUID id, int run, long read) {
        jdbc.sql("update import_file set beat_at = now(), bytes_read = :read where id = :id and run = :run")
                .param("id", id)
                .param("run", run)
                .param("read", read)
                .update();
    }

    /** @param superseded whether it is another preview than was to be imported */
    void checked(UUID id, int run, ImportPreview preview, boolean superseded) {
        jdbc.sql("""
                        update import_file set state = 'CHECKED', preview = :preview, superseded = :superseded
                        where id = :id and run = :run
                        """)
                .param("id", id)
                .param("run", run)
                .param("preview", json.writeValueAsString(preview))
                .param("superseded", superseded)
                .update();
    }

    /** What is in the file is not kept any longer. */
    @Transactional
    void imported(UUID id, int run, ImportPreview done) {
        jdbc.sql("update import_file set state = 'IMPORTED', preview = :done where id = :id and run = :run")
                .param("id", id)
                .param("run", run)
                .param("done", json.writeValueAsString(done))
                .update();
        jdbc.sql("delete from import_file_part where file_id = :id")
                .param("id", id)
                .update();
    }

    void failed(UUID id, int run, String failure) {
        jdbc.sql("update import_file set state = 'FAILED', failure = :failure where id = :id and run = :run")
                .param("id", id)
                .param("run", run)
                .param("failure", failure)
                .update();
    }

    void delete(UUID id) {
        jdbc.sql("delete from import_file where id = :id").param("id", id).update();
    }

    /** Deletes what was uploaded more than an hour ago. */
    int expire() {
        return jdbc.sql("delete from import_file where created_at < now() - interval '1 hour' and not (" + UNDER_WAY
                        + ")")
                .update();
    }

    private UploadedFile file(ResultSet row) throws SQLException {
        String preview = row.getString("preview");
        return new UploadedFile(
                Objects.requireNonNull(row.getObject("id", UUID.class)),
                Objects.requireNonNull(row.getString("name")),
                row.getString("charset"),
                row.getLong("size"),
                UploadedFile.State.valueOf(row.getString("state")),
                row.getLong("bytes_read"),
                row.getBoolean("silent"),
                preview == null ? null : json.readValue(preview, ImportPreview.class),
                row.getBoolean("superseded"),
                row.getString("failure"));
    }
}
