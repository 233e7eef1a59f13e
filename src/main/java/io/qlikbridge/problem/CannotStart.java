package io.qlikbridge.problem;

import org.jspecify.annotations.Nullable;

/** What is configured, or missing, would have the bridge do harm or nothing, so it does not start. The operator gets one message. */
public abstract class CannotStart extends RuntimeException {

    private final String action;

    /**
     * @param description what was found, without any secret
     * @param action what the operator can do about it
     */
    protected CannotStart(String description, String action) {
        this(description, action, null);
    }

    protected CannotStart(String description, String action, @Nullable Throwable cause) {
        super(description, cause);
        this.action = action;
    }

    /** What the operator can do about it. */
    public String action() {
        return action;
    }
}
