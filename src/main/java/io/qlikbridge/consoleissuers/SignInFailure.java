package io.qlikbridge.consoleissuers;

import io.qlikbridge.issuer.IssuerSignIn;
import io.qlikbridge.signin.SecretsThrottled;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;

/** Why somebody could not sign in at an issuer. Each has a sentence that says what to change. */
enum SignInFailure {
    /** The issuer does not answer, or not as one. */
    UNREACHABLE,
    /** There is no such issuer here. */
    UNKNOWN_ISSUER,
    /** The answer is to no sign-in that this browser has begun lately. */
    NOT_BEGUN,
    /** The answer came to another issuer's redirect URI, or names another issuer. */
    OTHER_ISSUER,
    /** The issuer did not let the person sign in. */
    DENIED,
    /** The issuer answered with another error. */
    ISSUER_ERROR,
    /** The code was used, has expired, or is made up. */
    CODE_REFUSED,
    /** The issuer does not take the console's client, or its secret. */
    CLIENT_REFUSED,
    /** What the issuer gave for the code is no good ID token of it. */
    ID_TOKEN_REFUSED,
    /** The ID token does not name a person as it has to. */
    NO_PERSON,
    /** The person does not have the admin role. */
    NOT_ADMIN,
    /** The user of that name is another person. */
    OTHER_PERSON,
    /** The person's user is disabled. */
    DISABLED,
    /** Too many came back in vain. */
    THROTTLED;

    static final String NO_PERSON_CODE = "no_person";

    /** As it stands in addresses and in the audit. */
    String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<SignInFailure> of(@Nullable String slug) {
        return Arrays.stream(values())
                .filter(failure -> failure.slug().equals(slug))
                .findFirst();
    }

    static SignInFailure of(AuthenticationException failed) {
        return switch (failed) {
            case PersonNotAdmitted person -> person.failure();
            case SecretsThrottled throttled -> THROTTLED;
            case OAuth2AuthenticationException told -> ofCode(told.getError().getErrorCode());
            default -> UNREACHABLE;
        };
    }

    private static SignInFailure ofCode(String code) {
        return switch (code) {
            case IssuerSignIn.UNREACHABLE -> UNREACHABLE;
            case BegunSignIns.WRONG_STATE, "authorization_request_not_found", "client_registration_not_found" ->
                NOT_BEGUN;
            case BegunSignIns.WRONG_ISSUER -> OTHER_ISSUER;
            case NO_PERSON_CODE -> NO_PERSON;
            case "access_denied" -> DENIED;
            case "invalid_grant" -> CODE_REFUSED;
            case "invalid_client", "unauthorized_client" -> CLIENT_REFUSED;
            // of Spring's check of an ID token, and of ours
            case "invalid_id_token", "invalid_nonce", "invalid_token", "invalid_token_response" -> ID_TOKEN_REFUSED;
            default -> ISSUER_ERROR;
        };
    }
}
