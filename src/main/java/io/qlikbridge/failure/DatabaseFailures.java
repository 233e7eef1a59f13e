package io.qlikbridge.failure;

import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionSystemException;

/**
 * Reads what the database said, wherever in a failure it stands, by SQLSTATE (PostgreSQL, appendix A). What passes by itself is {@code
 * too-busy}. Empty for what does not, such as a faulty statement.
 */
final class DatabaseFailures {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /** What the pool says of a connection that broke in the middle of a transaction, in place of any state. */
    private static final String POOL_HAS_CLOSED_IT = "Connection is closed";

    private DatabaseFailures() {}

    static Optional<BridgeException> read(Throwable failure) {
        return search(failure, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    /** Causes first; a rollback that failed hides the failure that it followed. */
    private static Optional<BridgeException> search(@Nullable Throwable failure, Set<Throwable> seen) {
        if (failure == null || !seen.add(failure)) {
            return Optional.empty();
        }
        if (failure instanceof SQLException said) {
            Optional<BridgeException> read = said(said);
            if (read.isPresent()) {
                return read;
            }
        }
        if (failure instanceof TransactionSystemException rollback) {
            Optional<BridgeException> before = search(rollback.getApplicationException(), seen);
            if (before.isPresent()) {
                return before;
            }
        }
        Optional<BridgeException> cause = search(failure.getCause(), seen);
        if (cause.isPresent()) {
            return cause;
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            Optional<BridgeException> beside = search(suppressed, seen);
            if (beside.isPresent()) {
                return beside;
            }
        }
        return failure instanceof SQLException several ? search(several.getNextException(), seen) : Optional.empty();
    }

    private static Optional<BridgeException> said(SQLException failure) {
        String state = failure.getSQLState();
        if (state == null) {
            return POOL_HAS_CLOSED_IT.equals(failure.getMessage())
                    ? Optional.ofNullable(sentence("08003")).map(DatabaseFailures::busy)
                    : Optional.empty();
        }
        return state.length() < 2
                ? Optional.empty()
                : Optional.ofNullable(sentence(state)).map(DatabaseFailures::busy);
    }

    private static @Nullable String sentence(String state) {
        return switch (state) {
            case "25006" -> "The bridge's database takes no changes just now, as after a failover. Ask again shortly.";
            case "40001", "40P01", "55P03" -> "Others are changing the same at this moment. Ask again.";
            case "53300" -> "The bridge's database has no connections left. Ask again shortly.";
            case "53100" -> "The bridge's database has no room left on its disk. Ask again later.";
            case "57014" -> "The bridge's database took too long. Ask again shortly.";
            case "25P03" -> "The bridge's database does not answer in time. Ask again shortly.";
            default ->
                switch (state.substring(0, 2)) {
                    // connections, resources, an operator's intervention, the system
                    case "08", "53", "57", "58" -> "The bridge's database does not answer in time. Ask again shortly.";
                    default -> null;
                };
        };
    }

    private static BridgeException busy(String sentence) {
        return new BridgeException(ProblemCode.TOO_BUSY, sentence, null, RETRY_AFTER, null);
    }
}
