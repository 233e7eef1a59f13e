package io.qlikbridge.access;

import io.qlikbridge.problem.CannotStart;

/** The configuration of who may call would open a hole, so the bridge does not start with it. */
class AccessCannotStart extends CannotStart {

    /** @param action what the operator can do about it */
    AccessCannotStart(String description, String action) {
        super(description, action);
    }
}
