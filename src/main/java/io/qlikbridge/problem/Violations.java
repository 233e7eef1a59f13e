package io.qlikbridge.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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

    /**
     * What {@code reading} makes of a value. Empty where there is no value, or where the reading refused it with an
     * {@link InvalidValue}, whose message is noted.
     */
    public <V, T> Optional<T> read(@Nullable V value, String pointer, Function<V, T> reading) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(reading.apply(value));
        } catch (InvalidValue refusal) {
            found.add(new Violation(pointer, String.valueOf(refusal.getMessage())));
            return Optional.empty();
        }
    }

    /** As {@link #read}, of a value that must be there. */
    public <V, T> Optional<T> readRequired(@Nullable V value, String pointer, Function<V, T> reading) {
        require(value != null, pointer, "is required");
        return read(value, pointer, reading);
    }

    /** Throws {@code invalid-request} with everything that was noted, if anything was. */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw BridgeException.invalid(found);
        }
    }
}
