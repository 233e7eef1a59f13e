package io.qlikbridge.signin;

import org.jspecify.annotations.Nullable;

/**
 * A client that may do everything proved who it is, and is about to be given an access token.
 *
 * @param address where from, as {@link CallerAddress#shown}; {@code null} when that is not known
 */
public record ClientSignedIn(String clientId, @Nullable String address) {}
