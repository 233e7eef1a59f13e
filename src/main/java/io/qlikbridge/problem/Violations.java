package io.qlikbridge.problem;

import java.util.ArrayList;
import java.util.List;

/** Gathers all that is wrong with one request, so that the caller is told everything at once. */
public final class Violations {

    private final List<Violation> found = new ArrayList<>();

    /** Notes {@code detail} at {@code pointer} unless {@code holds}; tells whether it held. */
    public boolean require(boolean holds, String pointer, String detail) {
        if (!holds) {
            found.add(new Violation(pointer, detail));
        }
        return holds;
    }

    /** Throws {@code invalid-request} with everything that was noted, if anything was. */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw BridgeException.invalid(found);
        }
    }
}
