package io.qlikbridge.issuing;

import io.qlikbridge.claim.Claim;
import io.qlikbridge.claim.ClaimStore;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import java.time.Duration;

/**
 * Run before each call of an attempt that may take its time: the claim has to stand, and its deadline is put off, so that it is that of
 * one call and not of all of them. A claim that was just made is as good as put off for the first call.
 */
final class StandingClaim implements Runnable {

    private static final Duration BUSY_RETRY_AFTER = Duration.ofSeconds(2);

    private final ClaimStore claims;
    private final Claim claim;
    private final Duration deadline;
    private boolean goodForACall;

    /** @param made the deadline that the claim was made with */
    StandingClaim(ClaimStore claims, Claim claim, Duration made, Duration deadline) {
        this.claims = claims;
        this.claim = claim;
        this.deadline = deadline;
        this.goodForACall = made.compareTo(deadline) >= 0;
    }

    @Override
    public void run() {
        boolean stands = goodForACall && claim.isNew() || claims.extend(claim, deadline);
        goodForACall = false;
        if (!stands) {
            throw lost();
        }
    }

    static BridgeException lost() {
        return new BridgeException(
                ProblemCode.TOO_BUSY,
                "The claim to issue was lost meanwhile: it took longer than bridge.lease.claim-deadline, or the user was"
                        + " revoked. Ask again.",
                null,
                BUSY_RETRY_AFTER,
                null);
    }
}
