package io.qlikbridge.access;

import java.time.Instant;
import java.util.function.Supplier;

/**
 * An access token whose signature and claims were found good.
 *
 * @param until when that has to be looked at again
 * @param caller who calls with it now; refuses a client that is gone meanwhile
 */
record VerifiedToken(Instant until, Supplier<Caller> caller) {

    @Override
    public String toString() {
        return "VerifiedToken[until=" + until + "]";
    }
}
