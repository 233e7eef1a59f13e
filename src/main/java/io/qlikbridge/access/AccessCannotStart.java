package io.qlikbridge.access;

/** The configuration of who may call would open a hole, so the bridge does not start with it. */
class AccessCannotStart extends RuntimeException {

    private final String action;

    /** @param action what the operator can do about it */
    AccessCannotStart(String description, String action) {
        super(description);
        this.action = action;
    }

    String action() {
        return action;
    }
}
