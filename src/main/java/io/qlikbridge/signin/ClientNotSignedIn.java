package io.qlikbridge.signin;

import org.jspecify.annotations.Nullable;

/**
 * Somebody came with a wrong secret of a client. Anybody can make these up, as many as they like.
 *
 * @param clientId of which client; {@code null} where none can have what was sent as an id, or it may be a secret
 * @param known whether there is such a client
 * @param address where from, as {@link CallerAddress#shown}; {@code null} when that is not known
 */
public record ClientNotSignedIn(
        @Nullable String clientId, boolean known, @Nullable String address) {}
