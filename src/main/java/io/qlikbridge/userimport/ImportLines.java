package io.qlikbridge.userimport;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.InvalidValue;
import io.qlikbridge.problem.Violation;
import io.qlikbridge.problem.Violations;
import io.qlikbridge.subject.MappedUser;
import io.qlikbridge.useradmin.SubjectWarnings;
import io.qlikbridge.useradmin.UserReader;
import io.qlikbridge.useradmin.UserRequest;
import io.qlikbridge.username.NewUsername;
import io.qlikbridge.username.Username;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The users that an import asks for, a few at a time: the file may be larger than memory. */
final class ImportLines {

    static final int MOST_AT_ONCE = 1000;

    private static final int LONGEST_AT_ONCE = ImportText.LONGEST_RECORD;

    private final ImportFile file;
    private final ImportColumns columns;
    private final UserReader reader;
    private final Instant now;
    private final ImportErrors errors;
    private final List<Username> mixed = new ArrayList<>();
    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();

    ImportLines(ImportFile file, ImportColumns columns, UserReader reader, Instant now, ImportErrors errors) {
        this.file = file;
        this.columns = columns;
        this.reader = reader;
        this.now = now;
        this.errors = errors;
    }

    ImportColumns columns() {
        return columns;
    }

    /** When all of this happens. */
    Instant now() {
        return now;
    }

    /** What was found to be wrong so far. */
    ImportErrors errors() {
        return errors;
    }

    /** Usernames so far whose letters are of several scripts, and one more than are told at most. */
    List<Username> mixed() {
        return mixed;
    }

    /**
     * The next users, at most {@link #MOST_AT_ONCE}; none at the end. Lines that are wrong are noted and passed over, blank
     * ones just passed over.
     */
    List<ImportLine> next() throws IOException {
        List<ImportLine> lines = new ArrayList<>();
        int length = 0;
        while (lines.size() < MOST_AT_ONCE && length < LONGEST_AT_ONCE) {
            ImportFile.Row row = file.next();
            if (row == null) {
                return lines;
            }
            ImportLine line = row.isBlank() ? null : read(row.of(columns.count()));
            if (line != null) {
                lines.add(line);
                length += row.length();
            }
        }
        return lines;
    }

    private @Nullable ImportLine read(ImportFile.Row row) {
        if (!row.isWhole()) {
            errors.add(row.line(), ImportErrors.NOT_UTF_8);
            return null;
        }
        if (row.cells().size() != columns.count()) {
            errors.add(
                    row.line(),
                    "The header has " + columns.count() + " columns, this line "
                            + row.cells().size()
                            + ". A cell with a separator in it, as between groups, stands in quotes");
            return null;
        }
        Violations violations = new Violations();
        boolean verified = truth(ImportColumns.EMAIL_VERIFIED, false, row, violations);
        boolean enabled = truth(ImportColumns.ENABLED, true, row, violations);
        // an address that is not in the file may be in the database
        boolean verifiedHere = verified && columns.has(ImportColumns.EMAIL);
        UserRequest request = columns.request(row.cells(), verifiedHere, enabled);
        Name name = new Name();
        try {
            MappedUser mapped =
                    reader.read(ids.generate(), request, name::read, now, UnaryOperator.identity(), violations);
            if (mixed.size() <= SubjectWarnings.MOST
                    && NewUsername.mixed(mapped.user().username()).isPresent()) {
                mixed.add(mapped.user().username());
            }
            return new ImportLine(row.line(), mapped, verified, name.given, name.fault);
        } catch (BridgeException refused) {
            errors.add(
                    row.line(),
                    ImportErrors.told(
                            refused.violations().stream().map(ImportLines::told).toList()));
            return null;
        }
    }

    /** A username of a line: whether somebody may be called so depends on whether somebody is. */
    private static final class Name {

        private String given = "";
        private @Nullable String fault;

        Username read(String name) {
            given = name;
            Username username = new Username(name);
            try {
                return NewUsername.of(name);
            } catch (InvalidValue notForNew) {
                fault = String.valueOf(notForNew.getMessage());
                return username;
            }
        }
    }

    private boolean truth(String column, boolean otherwise, ImportFile.Row row, Violations violations) {
        return violations
                .read(columns.value(column, row.cells()), "#/" + column, ImportCells::truth)
                .orElse(otherwise);
    }

    /** What is wrong with a property, told of its column. */
    private static String told(Violation violation) {
        String[] steps = violation.pointer().substring(2).split("/");
        String column = steps[0].equals("subjects") ? ImportColumns.SUBJECT + steps[1] : steps[0];
        return column + ": " + violation.detail();
    }
}
