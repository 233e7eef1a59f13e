package io.qlikbridge.subject;

/**
 * The identity that is asserted to one Qlik deployment for a local user.
 *
 * @param user the user it stands for
 * @param value the {@code sub} claim, such as {@code hr|4711}
 */
public record Subject(LocalUser user, String value) {}
