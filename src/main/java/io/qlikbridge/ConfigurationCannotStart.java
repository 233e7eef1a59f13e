package io.qlikbridge;

import io.qlikbridge.problem.CannotStart;

/**
 * The start is refused for what is configured: something the bridge does not know, so it would be passed over in silence, or something
 * it cannot work with.
 */
class ConfigurationCannotStart extends CannotStart {

    /** @param action what the operator can do about it */
    ConfigurationCannotStart(String description, String action) {
        super(description, action);
    }
}
