package io.qlikbridge.tokenexchange;

import io.qlikbridge.access.ActingUsers;
import io.qlikbridge.caller.Caller;
import io.qlikbridge.client.Scope;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.issuer.TrustedIssuers;
import io.qlikbridge.oauth.TokenRequestRefused;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.InvalidValue;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.subject.LocalUser;
import io.qlikbridge.username.Username;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.stereotype.Component;

/**
 * Finds the user that a subject token names, for whom the client must be allowed to act either way. A person's token is held to the
 * rules that hold where the person comes with it.
 */
@Component
class SubjectTokens {

    private static final Pattern JWT = Pattern.compile("eyJ[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*");

    private final TrustedIssuers issuers;
    private final ActingUsers users;

    SubjectTokens(TrustedIssuers issuers, ActingUsers users) {
        this.issuers = issuers;
        this.users = users;
    }

    /**
     * @param issuer who vouches for the person; {@code null} where the client alone names the user
     * @param longest the longest that the person's token may be promised to last; {@code null} for no limit
     */
    record Named(
            LocalUser user,
            @Nullable String issuer,
            @Nullable Duration longest) {}

    /**
     * @param client who makes the present request
     * @param type one of {@link TokenTypes#OF_SUBJECTS}
     * @throws TokenRequestRefused {@code invalid_grant} for a subject token that is not good
     * @throws BridgeException as {@link ActingUsers} does; {@code issuer-unreachable}
     */
    Named user(ConnectionId connection, Caller.Client client, String type, String token) {
        if (type.equals(TokenTypes.USERNAME)) {
            return new Named(users.of(connection, username(token)), null, null);
        }
        Caller.Person person = person(token);
        LocalUser user = users.shown(connection, client, person);
        if (!person.scopes().contains(Scope.TOKENS)) {
            throw new BridgeException(
                    ProblemCode.FORBIDDEN,
                    "People of the subject token's issuer may not have tokens: the operator has left "
                            + Scope.TOKENS.value() + " out of its scopes.");
        }
        return new Named(user, person.identity().issuer(), person.maxValidity().orElse(null));
    }

    /** Nothing that may be a secret is taken for a name, which is repeated and written down. */
    private static Username username(String token) {
        if (JWT.matcher(token).matches()) {
            throw new TokenRequestRefused(
                    OAuth2ErrorCodes.INVALID_REQUEST,
                    "subject_token is a JWT, and subject_token_type says that it is a username. Send " + TokenTypes.JWT
                            + " for a token of a trusted issuer.");
        }
        try {
            return new Username(token);
        } catch (InvalidValue refused) {
            throw notGood("The subject token is no username. " + refused.getMessage() + ".");
        }
    }

    private Caller.Person person(String token) {
        try {
            Caller caller = issuers.ofToken(token)
                    .orElseThrow(() -> new InvalidBearerTokenException(
                            "The access token is of no issuer that the bridge trusts; those of the bridge itself name a"
                                    + " client and no person"))
                    .verify(token)
                    .caller()
                    .get();
            if (caller instanceof Caller.Person person) {
                return person;
            }
            throw new IllegalStateException("A trusted issuer's token names a person");
        } catch (InvalidBearerTokenException refused) {
            throw notGood(
                    String.valueOf(refused.getError().getDescription()).replace("The access token", "The subject token")
                            + ".");
        }
    }

    private static TokenRequestRefused notGood(String description) {
        return new TokenRequestRefused(OAuth2ErrorCodes.INVALID_GRANT, description);
    }
}
