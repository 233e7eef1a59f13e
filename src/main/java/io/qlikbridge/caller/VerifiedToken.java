package io.qlikbridge.caller;

import java.time.Instant;
import java.util.function.Supplier;

/**
 * An access token whose signature and claims were found good.
 *
 * @param until when that has to be looked at again
 * @param caller who calls with it now; refuses a client that is gone meanwhile
 * @param onlyToRenew whether it was got with the first admin's printed secret, and may do no more than renew that
 */
public record VerifiedToken(Instant until, Supplier<Caller> caller, boolean onlyToRenew) {

    public VerifiedToken(Instant until, Supplier<Caller> caller) {
        this(until, caller, false);
    }

    @Override
    public String toString() {
        return "VerifiedToken[until=" + until + "]";
    }
}
