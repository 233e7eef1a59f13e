package io.qlikbridge.lease;

import java.time.Instant;

/** A lease whose key may still be accepted by the tenant. */
public record KeptLease(Lease lease, LeaseState state) {

    public boolean isPromised(Instant now) {
        Instant until = lease.promisedUntil();
        return until != null && until.isAfter(now);
    }
}
