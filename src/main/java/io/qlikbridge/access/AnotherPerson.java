package io.qlikbridge.access;

import io.qlikbridge.problem.BridgeException;

/** A token is good, and of another person than the user of its name is. */
public final class AnotherPerson extends BridgeException {

    AnotherPerson(BridgeException refused) {
        super(refused.code(), refused.detail());
    }
}
