package io.qlikbridge;

/** Something is configured that the bridge does not know, so it would be passed over in silence: the start is refused. */
class ConfigurationCannotStart extends RuntimeException {

    private final String action;

    /** @param action what the operator can do about it */
    ConfigurationCannotStart(String description, String action) {
        super(description);
        this.action = action;
    }

    String action() {
        return action;
    }
}
