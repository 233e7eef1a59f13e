package io.qlikbridge.userimport;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an import changes of whom, for who wants to look before it is done.
 *
 * @param changes those of the first lines, {@value #MOST} at most
 * @param digest stands for all changes, also those that are not among {@code changes}; empty where lines are wrong
 * @param kept whether it was done
 */
public record ImportPreview(ImportAnswer answer, List<Change> changes, String digest, boolean kept) {

    /** So many users are told of. */
    public static final int MOST = 300;

    static ImportPreview refused(ImportAnswer refused) {
        return new ImportPreview(refused, List.of(), "", false);
    }

    /** How many users change that are not among {@link #changes}. */
    public int untold() {
        return Math.max(0, answer.created() + answer.updated() - changes.size());
    }

    public boolean changesAnything() {
        return answer.created() + answer.updated() > 0;
    }

    ImportPreview done() {
        return new ImportPreview(answer, changes, digest, true);
    }

    /**
     * What becomes of one user.
     *
     * @param line of the file
     * @param created whether the user is added
     */
    public record Change(long line, String username, boolean created, List<Difference> differences) {}

    /**
     * A property that changes.
     *
     * @param property as the column is called
     * @param from what it is, cut when it is long; {@code null} for nothing
     * @param to what it becomes
     */
    public record Difference(
            String property,
            @Nullable String from,
            @Nullable String to) {}
}
