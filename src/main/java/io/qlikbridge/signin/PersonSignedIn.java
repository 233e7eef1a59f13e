package io.qlikbridge.signin;

import io.qlikbridge.username.Username;
import org.jspecify.annotations.Nullable;

/**
 * A person with the admin role came with an access token that was not seen before, or signs in to the console.
 *
 * @param issuer who vouches for the person
 * @param address where from, as {@link CallerAddress#shown}; {@code null} when that is not known
 */
public record PersonSignedIn(
        Username username, String issuer, @Nullable String address) {}
