package io.qlikbridge.tokenexchange;

import io.qlikbridge.access.PersonRefused;
import io.qlikbridge.oauth.TokenRequestRefused;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;

/**
 * The bridge's problems as errors of the token endpoint (RFC 6749, section 5.2; RFC 8693, section 2.2.2). Whose fault it is, as seen
 * by the client: the request's, the subject's ({@code invalid_grant}), the client's own, the connection's and its tenant's ({@code
 * invalid_target}: no token can be issued for it), or nobody's for long.
 */
final class ExchangeErrors {

    /** RFC 8707, section 2. */
    static final String INVALID_TARGET = "invalid_target";

    private ExchangeErrors() {}

    static TokenRequestRefused of(BridgeException failure) {
        String error = failure instanceof PersonRefused ? OAuth2ErrorCodes.INVALID_GRANT : errorOf(failure.code());
        return new TokenRequestRefused(error, failure.detail(), failure.retryAfter());
    }

    static String errorOf(ProblemCode code) {
        return switch (code) {
            case INVALID_REQUEST,
                    VALIDITY_NOT_POSSIBLE,
                    METHOD_NOT_ALLOWED,
                    NOT_ACCEPTABLE,
                    CONTENT_TOO_LARGE,
                    UNSUPPORTED_MEDIA_TYPE -> OAuth2ErrorCodes.INVALID_REQUEST;
            case UNAUTHENTICATED, CLIENT_NOT_FOUND -> OAuth2ErrorCodes.INVALID_CLIENT;
            case FORBIDDEN -> OAuth2ErrorCodes.UNAUTHORIZED_CLIENT;
            case USER_NOT_FOUND, USER_DISABLED, SUBJECT_NOT_MAPPED, USER_NOT_AT_TENANT, API_KEY_LIMIT_REACHED ->
                OAuth2ErrorCodes.INVALID_GRANT;
            case CONNECTION_NOT_FOUND,
                    TOKEN_NOT_OFFERED,
                    SIGNING_KEY_MISSING,
                    SIGNING_KEY_NOT_FOUND,
                    SIGNING_KEY_UNREADABLE,
                    SIGNING_KEY_TOO_WEAK,
                    CERTIFICATES_MISSING,
                    OAUTH_CLIENT_MISSING,
                    CERTIFICATE_UNREADABLE,
                    ASSERTION_REFUSED,
                    API_KEY_REFUSED,
                    TENANT_REFUSED,
                    TENANT_ANSWER_UNREADABLE -> INVALID_TARGET;
            case TENANT_UNREACHABLE, TENANT_RATE_LIMITED, ISSUER_UNREACHABLE, TOO_BUSY, CONFLICT ->
                OAuth2ErrorCodes.TEMPORARILY_UNAVAILABLE;
            // nothing of an exchange
            case NOT_FOUND, LEASE_NOT_FOUND, USER_EXISTS, CLIENT_EXISTS, SIGNING_KEY_EXISTS, INTERNAL ->
                OAuth2ErrorCodes.SERVER_ERROR;
        };
    }
}
