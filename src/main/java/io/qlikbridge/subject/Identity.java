package io.qlikbridge.subject;

/**
 * A person as an identity provider knows it, whatever its name is (OpenID Connect Core 1.0, section 5.7: these two claims
 * together are what may be relied upon as unique and stable).
 *
 * @param issuer the {@code iss} of its tokens, without a slash at the end
 * @param subject their {@code sub}
 */
public record Identity(String issuer, String subject) {}
