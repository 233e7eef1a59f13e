package io.qlikbridge.setup;

import java.util.function.Supplier;

/**
 * One step of a setup.
 *
 * @param name as callers know it
 * @param makes whether it makes something at the tenant: where it fails, what was made before it is taken back
 */
public record SetupStep(String name, boolean makes, Supplier<SetupFinding> take) {

    /** A step that only reads. */
    public static SetupStep reading(String name, Supplier<SetupFinding> take) {
        return new SetupStep(name, false, take);
    }

    /** A step that makes something, or finds it. */
    public static SetupStep making(String name, Supplier<SetupFinding> take) {
        return new SetupStep(name, true, take);
    }
}
