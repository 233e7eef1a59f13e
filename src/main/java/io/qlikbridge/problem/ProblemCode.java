package io.qlikbridge.problem;

import java.util.Locale;

/**
 * The published list of what can go wrong, one code for each thing a caller can act on. A code is never renamed: callers
 * switch on it. Codes know their {@link Kind}, not their HTTP status, which is decided once, in {@code web}.
 */
public enum ProblemCode {
    INVALID_REQUEST(Kind.MALFORMED, "The request is not valid"),
    UNAUTHENTICATED(Kind.UNAUTHENTICATED, "The caller is not signed in"),
    FORBIDDEN(Kind.FORBIDDEN, "The caller may not do this"),
    USER_DISABLED(Kind.FORBIDDEN, "The user is disabled"),
    NOT_FOUND(Kind.NOT_FOUND, "There is nothing at this address"),
    CONNECTION_NOT_FOUND(Kind.NOT_FOUND, "There is no such connection"),
    USER_NOT_FOUND(Kind.NOT_FOUND, "There is no such user"),
    LEASE_NOT_FOUND(Kind.NOT_FOUND, "There is no such lease"),
    SIGNING_KEY_NOT_FOUND(Kind.NOT_FOUND, "There is no such signing key"),
    CLIENT_NOT_FOUND(Kind.NOT_FOUND, "There is no such client"),
    SUBJECT_NOT_MAPPED(Kind.NOT_FOUND, "The user has no subject on this connection"),
    METHOD_NOT_ALLOWED(Kind.METHOD_NOT_ALLOWED, "This address does not take this method"),
    NOT_ACCEPTABLE(Kind.NOT_ACCEPTABLE, "The answer cannot be given in the asked form"),
    CONFLICT(Kind.CONFLICT, "The request does not fit the present state"),
    USER_EXISTS(Kind.CONFLICT, "The user exists already"),
    CLIENT_EXISTS(Kind.CONFLICT, "The client exists already"),
    SIGNING_KEY_EXISTS(Kind.CONFLICT, "The signing key exists already"),
    SIGNING_KEY_MISSING(Kind.CONFLICT, "The connection has no active signing key"),
    CERTIFICATES_MISSING(Kind.CONFLICT, "The connection has no certificates"),
    OAUTH_CLIENT_MISSING(Kind.CONFLICT, "The connection has no OAuth client"),
    API_KEY_LIMIT_REACHED(Kind.CONFLICT, "The user holds the tenant's maximum of API keys"),
    CONTENT_TOO_LARGE(Kind.CONTENT_TOO_LARGE, "The request body is too large"),
    UNSUPPORTED_MEDIA_TYPE(Kind.UNSUPPORTED_MEDIA_TYPE, "The request body has an unknown form"),
    SIGNING_KEY_UNREADABLE(Kind.UNPROCESSABLE, "The signing key cannot be read"),
    SIGNING_KEY_TOO_WEAK(Kind.UNPROCESSABLE, "The signing key is too weak"),
    CERTIFICATE_UNREADABLE(Kind.UNPROCESSABLE, "The certificates cannot be used"),
    TOKEN_NOT_OFFERED(Kind.UNPROCESSABLE, "Users of this connection have no token of their own"),
    VALIDITY_NOT_POSSIBLE(Kind.UNPROCESSABLE, "The asked validity is not possible"),
    ASSERTION_REFUSED(Kind.UPSTREAM_REFUSED, "The tenant refused the assertion"),
    API_KEY_REFUSED(Kind.UPSTREAM_REFUSED, "The tenant refused to make an API key"),
    USER_NOT_AT_TENANT(Kind.UPSTREAM_REFUSED, "The tenant does not know the user"),
    TENANT_REFUSED(Kind.UPSTREAM_REFUSED, "The tenant refused the call"),
    TENANT_ANSWER_UNREADABLE(Kind.UPSTREAM_REFUSED, "The tenant's answer cannot be read"),
    TENANT_UNREACHABLE(Kind.UNAVAILABLE, "The tenant cannot be reached"),
    TENANT_RATE_LIMITED(Kind.UNAVAILABLE, "The tenant limits the rate of calls"),
    ISSUER_UNREACHABLE(Kind.UNAVAILABLE, "The caller's identity provider cannot be reached"),
    TOO_BUSY(Kind.UNAVAILABLE, "Too many calls are under way"),
    INTERNAL(Kind.INTERNAL, "Something went wrong inside the bridge");

    private final Kind kind;
    private final String title;

    ProblemCode(Kind kind, String title) {
        this.kind = kind;
        this.title = title;
    }

    /** The code as it stands in an answer, such as {@code subject-not-mapped}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Kind kind() {
        return kind;
    }

    /** The same short sentence for every occurrence (RFC 9457, section 3.1.3). */
    public String title() {
        return title;
    }

    /** What sort of failure a code is; each kind has exactly one HTTP status. */
    public enum Kind {
        MALFORMED,
        UNAUTHENTICATED,
        FORBIDDEN,
        NOT_FOUND,
        METHOD_NOT_ALLOWED,
        NOT_ACCEPTABLE,
        CONFLICT,
        CONTENT_TOO_LARGE,
        UNSUPPORTED_MEDIA_TYPE,
        UNPROCESSABLE,
        UPSTREAM_REFUSED,
        UNAVAILABLE,
        INTERNAL
    }
}
