package io.qlikbridge.signing;

import java.util.Locale;

/** Where a signing key is in its life. A connection has at most one active key. */
public enum KeyState {
    /** Uploaded, not signing yet. */
    STAGED,
    /** Signs the connection's assertions. */
    ACTIVE,
    /** Signed before another was activated; may be activated again. */
    RETIRED;

    /** As it stands in an answer. */
    String slug() {
        return name().toLowerCase(Locale.ROOT);
    }
}
