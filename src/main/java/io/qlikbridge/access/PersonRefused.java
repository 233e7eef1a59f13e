package io.qlikbridge.access;

import io.qlikbridge.problem.BridgeException;

/** A token is good, and the person is not the user of that name, or cannot become one. */
public final class PersonRefused extends BridgeException {

    PersonRefused(BridgeException refused) {
        super(refused.code(), refused.detail());
    }
}
