package io.qlikbridge.simulator;

import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /api/v1/oauth-tokens}: the active access tokens, one's own, or for admins everybody's. */
final class OAuthTokenResource {

    private final AccessTokens tokens;
    private final Callers callers;
    private final Pages pages;
    private final String tenantId;

    OAuthTokenResource(AccessTokens tokens, Callers callers, Pages pages, String tenantId) {
        this.tokens = tokens;
        this.callers = callers;
        this.pages = pages;
        this.tenantId = tenantId;
    }

    ResponseDefinition list(Incoming request) {
        User caller = callers.of(request).user();
        request.allow("userId", "limit", "page", "sort");
        String wanted = request.query("userId");
        if (wanted != null && !caller.admin() && !wanted.equals(caller.id())) {
            throw Refusal.forbidden("The tokens of others are for tenant admins.");
        }
        String owner = wanted != null || caller.admin() ? wanted : caller.id();
        List<Map<String, Object>> data = tokens.active().stream()
                .filter(token -> owner == null || token.userId().equals(owner))
                .limit(request.limit(1, 20))
                .map(this::json)
                .toList();
        return Answers.json(200, Map.of("data", data, "links", pages.self("/api/v1/oauth-tokens")));
    }

    ResponseDefinition delete(Incoming request) {
        User caller = callers.of(request).user();
        String id = request.pathVariable("id");
        AccessToken found = tokens.active().stream()
                .filter(token -> token.id().equals(id))
                .findFirst()
                .orElseThrow(Refusal::notFound);
        if (!caller.admin() && !found.userId().equals(caller.id())) {
            throw Refusal.forbidden("The token is another user's.");
        }
        tokens.end(token -> token.id().equals(id));
        return Answers.empty(204).build();
    }

    private Map<String, Object> json(AccessToken token) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", token.id());
        json.put("tenantId", tenantId);
        json.put("clientId", token.clientId());
        json.put("userId", token.userId());
        json.put("description", "");
        json.put("lastUsed", token.issuedAt());
        return json;
    }
}
