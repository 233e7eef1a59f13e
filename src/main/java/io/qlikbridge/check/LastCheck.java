package io.qlikbridge.check;

import io.qlikbridge.username.Username;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last test of a connection with its active signing key.
 *
 * @param user whom it was tried with, if with anybody
 * @param failed the step that failed first; {@code null} when the test passed
 */
public record LastCheck(
        Instant at, @Nullable Username user, @Nullable String failed) {

    public boolean passed() {
        return failed == null;
    }
}
