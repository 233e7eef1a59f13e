package io.qlikbridge.userimport;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What came of an import, or what would come of it: all of the file was kept, or nothing was.
 *
 * @param unchanged how many users were as the file wants them; nothing of theirs was touched
 * @param errors in the order of their lines; when there are any, the counts are 0
 * @param warnings whom the tenant takes for others, a sentence each; left out where there are none
 */
public record ImportAnswer(
        int created,
        int updated,
        int unchanged,
        List<ImportError> errors,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> warnings) {

    public ImportAnswer {
        // left out where there are none, also where an answer is read again
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
        errors = List.copyOf(errors);
    }

    ImportAnswer(int created, int updated, int unchanged, List<ImportError> errors) {
        this(created, updated, unchanged, errors, List.of());
    }

    static ImportAnswer refused(ImportErrors errors) {
        return new ImportAnswer(0, 0, 0, errors.list());
    }
}
