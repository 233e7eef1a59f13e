package io.qlikbridge.simulator;

import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * {@code POST /oauth/token} and {@code /oauth/revoke}, in JSON or as a form. The user who is looked up must be there
 * already; by subject the look-up ignores case, as filters of users do, and takes the exact one first. Which error codes
 * Qlik sends is not published; these are RFC 6749's.
 */
final class TokenEndpoint {

    private final OAuthClients clients;
    private final AccessTokens tokens;
    private final Users users;
    private final Settings settings;
    private final Clock clock;

    TokenEndpoint(OAuthClients clients, AccessTokens tokens, Users users, Settings settings, Clock clock) {
        this.clients = clients;
        this.tokens = tokens;
        this.users = users;
        this.settings = settings;
        this.clock = clock;
    }

    ResponseDefinition token(Incoming request) {
        return answered(request, this::issue);
    }

    /** RFC 7009: a token that is unknown, or another client's, is no error. */
    ResponseDefinition revoke(Incoming request) {
        return answered(request, body -> {
            OAuthClient client = clients.authenticated(body);
            String text = body.path("token").asString("");
            tokens.end(token -> token.token().equals(text) && token.clientId().equals(client.id()));
            return Answers.empty(200).build();
        });
    }

    private ResponseDefinition answered(Incoming request, Function<JsonNode, ResponseDefinition> act) {
        try {
            return act.apply(request.parameters());
        } catch (Refusal refusal) {
            return settings.oauthErrors
                    ? Answers.json(
                            refusal.status(),
                            Map.of("error", refusal.code(), "error_description", refusal.getMessage()))
                    : Answers.refusal(refusal, request.path());
        }
    }

    private ResponseDefinition issue(JsonNode body) {
        OAuthClient client = clients.authenticated(body);
        String grant = body.path("grant_type").asString("");
        if (!grant.equals(OAuthClient.CLIENT_CREDENTIALS) && !grant.equals(OAuthClient.IMPERSONATION)) {
            throw refused("unsupported_grant_type", "The grant is not known.");
        }
        if (!client.grants().contains(grant)) {
            throw refused("unauthorized_client", "The client may not use this grant.");
        }
        List<String> scopes = scopes(client, body.path("scope").asString(""));
        User user = grant.equals(OAuthClient.IMPERSONATION)
                ? lookedUp(body.path("user_lookup"))
                : users.ofClient(client.id(), client.admin());
        return shown(tokens.make(client, user, scopes));
    }

    private static List<String> scopes(OAuthClient client, String asked) {
        List<String> scopes = asked.isBlank()
                ? client.scopes().stream().sorted().toList()
                : List.of(asked.strip().split(" +"));
        if (!client.scopes().containsAll(scopes)) {
            throw refused("invalid_scope", "The client may not have this scope.");
        }
        return scopes;
    }

    private User lookedUp(JsonNode lookup) {
        String value = lookup.path("value").asString("");
        User user = switch (lookup.path("field").asString("")) {
            case "userId" -> users.find(value).orElseThrow(TokenEndpoint::unknownUser);
            case "subject" -> ofSubject(value);
            default -> throw refused("invalid_request", "user_lookup must have field and value.");
        };
        if (users.isDisabled(user)) {
            throw new Refusal(403, "access_denied", "User disabled", "The user is disabled.");
        }
        return user;
    }

    private User ofSubject(String subject) {
        return users.ofSubject(subject)
                .or(() -> users.all().stream()
                        .filter(user ->
                                user.subject().toLowerCase(Locale.ROOT).equals(subject.toLowerCase(Locale.ROOT)))
                        .findFirst())
                .orElseThrow(TokenEndpoint::unknownUser);
    }

    private ResponseDefinition shown(AccessToken token) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("access_token", token.token());
        json.put("token_type", "bearer");
        if (settings.tokenEnd != TokenEnd.EXPIRES_IN) {
            json.put("expires_at", token.expiresAt());
        }
        if (settings.tokenEnd != TokenEnd.EXPIRES_AT) {
            json.put(
                    "expires_in",
                    Duration.between(clock.instant(), token.expiresAt()).toSeconds());
        }
        json.put("scope", String.join(" ", token.scopes()));
        return Answers.json(200, json);
    }

    private static Refusal unknownUser() {
        return refused("invalid_grant", "There is no such user.");
    }

    private static Refusal refused(String code, String detail) {
        return new Refusal(400, code, "Invalid request", detail);
    }
}
