package io.qlikbridge.client;

import io.qlikbridge.problem.CannotStart;

/** The configuration of who may call would open a hole, so the bridge does not start with it. */
public class AccessCannotStart extends CannotStart {

    /** @param action what the operator can do about it */
    public AccessCannotStart(String description, String action) {
        super(description, action);
    }
}
