package io.qlikbridge.signin;

import io.qlikbridge.username.Username;
import org.jspecify.annotations.Nullable;

/**
 * Somebody came back from an issuer and was not let in. Where no person is named, anybody can make these up, as many as they like.
 *
 * @param issuer at which it was
 * @param reason one of a few, such as {@code not-admin}
 * @param username of the person for whom the issuer vouched; {@code null} where it did for nobody
 * @param address where from, as {@link CallerAddress#shown}; {@code null} when that is not known
 */
public record PersonNotSignedIn(
        String issuer,
        String reason,
        @Nullable Username username,
        @Nullable String address) {}
