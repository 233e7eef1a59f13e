package io.qlikbridge.setup;

import org.jspecify.annotations.Nullable;

/**
 * What a step came to that did not fail.
 *
 * @param detail what was found or done, as sentences
 * @param remedy what an admin should see to all the same; {@code null} for nothing
 * @param id of what was made or found at the tenant, in the tenant's words
 * @param undo takes back what the step made; {@code null} where there is nothing to take back
 */
public record SetupFinding(
        Kind kind,
        String detail,
        @Nullable String remedy,
        @Nullable String id,
        @Nullable Runnable undo) {

    /** How a step ended that did not fail. */
    public enum Kind {
        MADE,
        THERE,
        PASSED,
        SKIPPED
    }

    /** @param undo takes it back; {@code null} for the last thing that is made, behind which nothing can fail */
    public static SetupFinding made(String detail, String id, @Nullable Runnable undo) {
        return new SetupFinding(Kind.MADE, detail, null, id, undo);
    }

    public static SetupFinding there(String detail, @Nullable String remedy, String id) {
        return new SetupFinding(Kind.THERE, detail, remedy, id, null);
    }

    public static SetupFinding passed(String detail, @Nullable String remedy) {
        return new SetupFinding(Kind.PASSED, detail, remedy, null, null);
    }

    /** What does not apply, or is not done on a dry run. */
    public static SetupFinding skipped(String detail) {
        return new SetupFinding(Kind.SKIPPED, detail, null, null, null);
    }
}
