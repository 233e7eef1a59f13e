package io.qlikbridge.tenantsetup;

import com.fasterxml.jackson.annotation.JsonValue;
import io.qlikbridge.check.CheckResult;
import io.qlikbridge.setup.SetupFinding;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one step of a setup came to.
 *
 * @param detail what was found or done
 * @param remedy what to change; of a step that did not fail, what an admin should see to all the same
 * @param id of what was made or found at the tenant
 */
public record SetupResult(
        String name,
        Status status,
        String detail,
        @Nullable String remedy,
        @Nullable String id) {

    /** @param finding {@code null} where the step failed, or was not taken */
    static SetupResult of(CheckResult taken, @Nullable SetupFinding finding) {
        if (finding == null) {
            return new SetupResult(taken.name(), status(taken.status()), taken.detail(), taken.remedy(), null);
        }
        return new SetupResult(taken.name(), status(finding.kind()), finding.detail(), finding.remedy(), finding.id());
    }

    /** The same, of which nothing is left. */
    SetupResult undone(String failed) {
        return new SetupResult(
                name,
                Status.SKIPPED,
                "It was made, and deleted again since the step " + failed + " failed.",
                null,
                null);
    }

    /** The same, which could not be undone. */
    SetupResult left(String failed) {
        return new SetupResult(
                name,
                status,
                detail + " It was to be deleted again since the step " + failed + " failed, which the tenant refused.",
                "Run the setup again, which finds it, or delete it in the tenant's administration.",
                id);
    }

    private static Status status(CheckResult.Status status) {
        return switch (status) {
            case PASSED -> Status.PASSED;
            case FAILED -> Status.FAILED;
            case SKIPPED -> Status.SKIPPED;
        };
    }

    private static Status status(SetupFinding.Kind kind) {
        return switch (kind) {
            case MADE -> Status.MADE;
            case THERE -> Status.THERE;
            case PASSED -> Status.PASSED;
            case SKIPPED -> Status.SKIPPED;
        };
    }

    /** How a step ended. */
    public enum Status {
        MADE,
        THERE,
        PASSED,
        FAILED,
        SKIPPED;

        @JsonValue
        String slug() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
