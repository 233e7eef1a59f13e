package io.qlikbridge.issuing;

import io.qlikbridge.claim.Claim;
import io.qlikbridge.lease.Lease;

/** What a look for a user's lease comes to. */
sealed interface Look {

    /** There is one that is good. */
    record Held(Lease lease) implements Look {}

    /** There is none, and whoever looked has the right to have one issued. */
    record Claimed(Claim claim) implements Look {}

    /** There is none, and another replica is issuing one. */
    record Taken() implements Look {}
}
