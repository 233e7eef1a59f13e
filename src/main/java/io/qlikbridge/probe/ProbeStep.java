package io.qlikbridge.probe;

import java.util.Set;
import java.util.function.Supplier;

/**
 * One step of a connection test.
 *
 * @param name as callers know it, such as {@code tls}
 * @param needs the names of the steps without which this one cannot be taken
 * @param take takes it and says what was found; throws {@link ProbeOutcome} or a problem otherwise
 */
public record ProbeStep(String name, Set<String> needs, Supplier<String> take) {

    /** A step that does not apply here. */
    public static ProbeStep skipped(String name, String why) {
        return new ProbeStep(name, Set.of(), () -> {
            throw ProbeOutcome.skipped(why);
        });
    }
}
