package io.qlikbridge.userimport;

import io.qlikbridge.connection.Connections;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.useradmin.UserReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes many users at once from a CSV file: all of its lines, or none. One file at a time, for it holds a database connection
 * while it comes in.
 */
@Component
public class UserImport {

    private static final Logger log = LoggerFactory.getLogger(UserImport.class);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(10);

    private final Connections connections;
    private final UserReader reader;
    private final UserImportStore store;
    private final Clock clock;
    private final Semaphore turn = new Semaphore(1);

    UserImport(Connections connections, UserReader reader, UserImportStore store, Clock clock) {
        this.connections = connections;
        this.reader = reader;
        this.store = store;
        this.clock = clock;
    }

    /**
     * @param dryRun whether nothing is to be kept, only told what would be
     * @throws BridgeException {@code too-busy} during another import; {@code conflict} when somebody else adds or deletes one
     *     of the users, or a connection, at the same time
     * @throws IOException when the body does not come in
     */
    ImportAnswer take(InputStream body, boolean dryRun) throws IOException {
        return take(body, null, dryRun);
    }

    /** @param charset as the sender names it; {@code null} for what the first bytes tell */
    ImportAnswer take(InputStream body, @Nullable Charset charset, boolean dryRun) throws IOException {
        return inTurn(() -> {
            ImportErrors errors = new ImportErrors();
            ImportLines lines = lines(body, charset, errors);
            if (lines == null) {
                return ImportAnswer.refused(errors);
            }
            ImportAnswer answer = store.keep(lines, dryRun);
            if (!dryRun && answer.errors().isEmpty()) {
                log(answer);
            }
            return answer;
        });
    }

    /**
     * Tells what the import of a file would change, and of whom; keeps nothing.
     *
     * @param charset as the sender names it; {@code null} for what the first bytes tell
     * @throws BridgeException as of {@link #take}
     */
    public ImportPreview preview(InputStream body, @Nullable Charset charset) throws IOException {
        return takeAsSeen(body, charset, null);
    }

    /**
     * Takes a file if that changes what somebody has seen before; else tells, as {@link #preview}, what it would change now.
     *
     * @param seen {@link ImportPreview#digest} of then
     */
    public ImportPreview takeAsSeen(InputStream body, @Nullable Charset charset, @Nullable String seen)
            throws IOException {
        return inTurn(() -> {
            ImportErrors errors = new ImportErrors();
            ImportLines lines = lines(body, charset, errors);
            if (lines == null) {
                return ImportPreview.refused(ImportAnswer.refused(errors));
            }
            ImportPreview preview = store.keepAsSeen(lines, seen);
            if (preview.kept()) {
                log(preview.answer());
            }
            return preview;
        });
    }

    private <T> T inTurn(Reading<T> reading) throws IOException {
        if (!turn.tryAcquire()) {
            throw new BridgeException(
                    ProblemCode.TOO_BUSY,
                    "Another import is under way. Send this one when that is done.",
                    null,
                    ASK_AGAIN,
                    null);
        }
        try {
            return reading.read();
        } finally {
            turn.release();
        }
    }

    /** What the file asks for; {@code null} when that cannot be told, which is noted. */
    private @Nullable ImportLines lines(InputStream body, @Nullable Charset charset, ImportErrors errors)
            throws IOException {
        ImportFile file;
        try {
            file = new ImportFile(body, charset, errors);
        } catch (ImportText.NoText workbook) {
            errors.add(1, ImportErrors.WORKBOOK);
            return null;
        }
        ImportColumns columns = ImportHeader.read(header(file), connections::known, errors);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return columns == null ? null : new ImportLines(file, columns, reader, now, errors);
    }

    private static void log(ImportAnswer kept) {
        log.info("Imported users: {} created, {} updated", kept.created(), kept.updated());
    }

    /** The first record that has anything in it, behind what tells Excel the separator. */
    private static ImportFile.@Nullable Row header(ImportFile file) throws IOException {
        ImportFile.Row row = file.next();
        while (row != null && (row.isBlank() || row.isSeparator())) {
            row = file.next();
        }
        return row;
    }

    @FunctionalInterface
    private interface Reading<T> {

        T read() throws IOException;
    }
}
