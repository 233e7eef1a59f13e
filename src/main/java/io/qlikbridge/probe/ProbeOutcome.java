package io.qlikbridge.probe;

import org.jspecify.annotations.Nullable;

/** A step of a connection test that did not pass. */
public class ProbeOutcome extends RuntimeException {

    private final boolean skipped;
    private final @Nullable String remedy;

    private ProbeOutcome(boolean skipped, String detail, @Nullable String remedy) {
        super(detail);
        this.skipped = skipped;
        this.remedy = remedy;
    }

    /** The step found a fault. */
    public static ProbeOutcome failed(String detail, String remedy) {
        return new ProbeOutcome(false, detail, remedy);
    }

    /** The step does not apply here. */
    public static ProbeOutcome skipped(String detail) {
        return new ProbeOutcome(true, detail, null);
    }

    public boolean isSkipped() {
        return skipped;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    /** What to change. */
    public @Nullable String remedy() {
        return remedy;
    }
}
