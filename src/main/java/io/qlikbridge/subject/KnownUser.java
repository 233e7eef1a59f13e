package io.qlikbridge.subject;

import org.jspecify.annotations.Nullable;

/**
 * A local user, and which person it is.
 *
 * @param identity {@code null} as long as nobody has signed in as the user
 */
record KnownUser(LocalUser user, @Nullable Identity identity) {}
