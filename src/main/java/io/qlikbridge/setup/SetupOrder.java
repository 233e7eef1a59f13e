package io.qlikbridge.setup;

import org.jspecify.annotations.Nullable;

/**
 * What is asked of a setup.
 *
 * @param kid the signing key that the tenant is to trust, in any state; {@code null} for the active one
 * @param dryRun whether nothing is to be changed, neither at the tenant nor here
 * @param credentialsOfASubject how many credentials of one subject the bridge has at once; 0 where it has none
 * @param proceed run before each change: throws where another request sets up the same connection by now
 */
public record SetupOrder(
        SetupCredential credential,
        @Nullable String kid,
        boolean dryRun,
        int credentialsOfASubject,
        Runnable proceed) {}
