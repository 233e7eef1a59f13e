package io.qlikbridge.tokenexchange;

import io.qlikbridge.access.RefusalEvents;
import io.qlikbridge.caller.Caller;
import io.qlikbridge.caller.Callers;
import io.qlikbridge.client.BridgeClient;
import io.qlikbridge.client.FirstAdmin;
import io.qlikbridge.client.KnownClients;
import io.qlikbridge.client.Scope;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.failure.NotedFailures;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.token.TokenAnswer;
import io.qlikbridge.token.TokenHandedOut;
import io.qlikbridge.token.UserTokens;
import io.qlikbridge.wire.HeldPermit;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenExchangeAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.stereotype.Component;

/** Exchanges what names a user for the user's token at a connection, in the name of the client that asks. */
@Component
class TokenExchange {

    private static final String ISSUED_TOKEN_TYPE = "issued_token_type";

    private final KnownClients clients;
    private final Callers callers;
    private final TargetConnections targets;
    private final SubjectTokens subjects;
    private final Connections connections;
    private final UserTokens tokens;
    private final NotedFailures failures;
    private final HttpServletRequest request;
    private final Clock clock;

    /** @param request the one that the present thread serves */
    TokenExchange(
            KnownClients clients,
            Callers callers,
            TargetConnections targets,
            SubjectTokens subjects,
            Connections connections,
            UserTokens tokens,
            NotedFailures failures,
            HttpServletRequest request,
            Clock clock) {
        this.clients = clients;
        this.callers = callers;
        this.targets = targets;
        this.subjects = subjects;
        this.connections = connections;
        this.tokens = tokens;
        this.failures = failures;
        this.request = request;
        this.clock = clock;
    }

    /**
     * @param registered the client whose secret was right
     * @throws OAuth2AuthenticationException for whatever goes wrong
     */
    OAuth2AccessTokenAuthenticationToken exchange(
            RegisteredClient registered,
            OAuth2ClientAuthenticationToken proved,
            OAuth2TokenExchangeAuthenticationToken asked) {
        try {
            BridgeClient client = client(registered);
            Caller.Client caller =
                    new Caller.Client(client.clientId(), Set.of(Scope.TOKENS), client.users(), client.connections());
            return callers.as(caller, () -> answer(registered, proved, told(client, caller, asked)));
        } catch (BridgeException refused) {
            throw ExchangeErrors.of(refused);
        }
    }

    /** As it is now, not as it was when its secret was looked at. */
    private BridgeClient client(RegisteredClient registered) {
        return clients.of(registered.getId())
                .orElseThrow(() -> new BridgeException(
                        ProblemCode.UNAUTHENTICATED, "The client is not there any more: it was deleted just now."));
    }

    /** Whatever goes wrong is known while it is known who asked. */
    private TokenAnswer told(BridgeClient client, Caller.Client caller, OAuth2TokenExchangeAuthenticationToken asked) {
        try {
            return exchange(client, caller, asked);
        } catch (OAuth2AuthenticationException refused) {
            throw refused;
        } catch (RuntimeException failed) {
            throw ExchangeErrors.of(failures.note(request, failed));
        }
    }

    private TokenAnswer exchange(
            BridgeClient client, Caller.Client caller, OAuth2TokenExchangeAuthenticationToken asked) {
        if (client.firstSecret()) {
            throw new BridgeException(
                    ProblemCode.FORBIDDEN,
                    "The secret of client " + client.clientId()
                            + " that was printed at the first start is good for being renewed alone. POST "
                            + FirstAdmin.RENEWAL + " makes another, and shows it once.");
        }
        if (!HeldPermit.signedIn(request)) {
            throw new BridgeException(
                    ProblemCode.TOO_BUSY,
                    "More is asked at once than the bridge serves. Ask again shortly.",
                    null,
                    Duration.ofSeconds(1),
                    null);
        }
        ConnectionId connection = targets.find(caller, first(asked.getAudiences()), first(asked.getResources()));
        RefusalEvents.note(connection);
        SubjectTokens.Named named =
                subjects.user(connection, caller, asked.getSubjectTokenType(), asked.getSubjectToken());
        return tokens.granted(
                connections.of(connection),
                named.user(),
                new TokenHandedOut.Grant(TokenExchangeGrant.TYPE, named.issuer()),
                named.longest());
    }

    private OAuth2AccessTokenAuthenticationToken answer(
            RegisteredClient registered, OAuth2ClientAuthenticationToken proved, TokenAnswer token) {
        Instant now = clock.instant();
        return new OAuth2AccessTokenAuthenticationToken(
                registered,
                proved,
                new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, token.token(), now, token.expiresAt()),
                null,
                Map.of(
                        ISSUED_TOKEN_TYPE,
                        TokenTypes.ACCESS_TOKEN,
                        // Spring reckons it twice, and is a second off
                        OAuth2ParameterNames.EXPIRES_IN,
                        Duration.between(now, token.expiresAt()).toSeconds()));
    }

    private static @Nullable String first(Set<String> values) {
        return values.stream().findFirst().orElse(null);
    }
}
