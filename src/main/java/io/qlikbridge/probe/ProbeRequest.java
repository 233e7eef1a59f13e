package io.qlikbridge.probe;

import io.qlikbridge.subject.Subject;
import org.jspecify.annotations.Nullable;

/**
 * What a connection test is to try.
 *
 * @param subject whom to sign in; the steps that need somebody are left out without one
 * @param kid the signing key to sign in with instead of the active one; {@code null} for the active one
 */
public record ProbeRequest(
        @Nullable Subject subject, @Nullable String kid) {}
