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
class UserImport {

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
        if (!turn.tryAcquire()) {
            throw new BridgeException(
                    ProblemCode.TOO_BUSY,
                    "Another import is under way. Send this one when that is done.",
                    null,
                    ASK_AGAIN,
                    null);
        }
        try {
            return read(body, charset, dryRun);
        } finally {
            turn.release();
        }
    }

    private ImportAnswer read(InputStream body, @Nullable Charset charset, boolean dryRun) throws IOException {
        ImportErrors errors = new ImportErrors();
        ImportFile file;
        try {
            file = new ImportFile(body, charset, errors);
        } catch (ImportText.NoText workbook) {
            errors.add(1, ImportErrors.WORKBOOK);
            return ImportAnswer.refused(errors);
        }
        ImportColumns columns = ImportHeader.read(header(file), connections::known, errors);
        if (columns == null) {
            return ImportAnswer.refused(errors);
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        ImportAnswer answer = store.keep(new ImportLines(file, columns, reader, now, errors), dryRun);
        if (!dryRun && answer.errors().isEmpty()) {
            log.info("Imported users: {} created, {} updated", answer.created(), answer.updated());
        }
        return answer;
    }

    /** The first record that has anything in it, behind what tells Excel the separator. */
    private static ImportFile.@Nullable Row header(ImportFile file) throws IOException {
        ImportFile.Row row = file.next();
        while (row != null && (row.isBlank() || row.isSeparator())) {
            row = file.next();
        }
        return row;
    }
}
