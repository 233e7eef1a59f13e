package io.qlikbridge.issuing;

import io.qlikbridge.claim.Claim;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.lease.LeaseKey;
import io.qlikbridge.subject.Subject;
import java.time.Duration;

/**
 * One attempt to have a credential issued, under a claim.
 *
 * @param validity how long the credential is wanted for, from now on
 * @param renewal whether it is to take the place of one that is in use and still good, so that nobody waits for it
 * @param newcomer whether the user has nothing that was issued before, and nothing is watched for, under this claim
 */
record Attempt(
        Connection connection,
        Subject subject,
        LeaseKey key,
        Claim claim,
        Duration validity,
        boolean renewal,
        boolean newcomer) {}
