package io.qlikbridge.simulator;

import java.util.Map;
import java.util.Optional;

/**
 * Finds out who calls: by API key or access token, or by session cookies, which need a CSRF token on everything but reads and an allowed
 * {@code Origin} if there is one. An {@code Authorization} header counts before cookies.
 */
final class Callers {

    private final Users users;
    private final Sessions sessions;
    private final ApiKeys keys;
    private final AccessTokens tokens;
    private final WebIntegrations integrations;
    private final Settings settings;
    private final String adminToken;

    Callers(
            Users users,
            Sessions sessions,
            ApiKeys keys,
            AccessTokens tokens,
            WebIntegrations integrations,
            Settings settings,
            String adminToken) {
        this.users = users;
        this.sessions = sessions;
        this.keys = keys;
        this.tokens = tokens;
        this.integrations = integrations;
        this.settings = settings;
        this.adminToken = adminToken;
    }

    /** The caller; 401 if it is nobody, or a disabled user. */
    Caller of(Incoming request) {
        String authorization = request.header("Authorization");
        Caller caller = authorization != null ? byToken(authorization) : bySession(request);
        if (users.isDisabled(caller.user())) {
            throw Refusal.unauthorized();
        }
        return caller;
    }

    Caller admin(Incoming request) {
        Caller caller = of(request);
        if (!caller.user().admin()) {
            throw Refusal.forbidden("Only a tenant admin may do this.");
        }
        return caller;
    }

    private Caller byToken(String authorization) {
        if (authorization.equals("Bearer " + adminToken)) {
            return new Caller(users.admin(), true, null);
        }
        if (!authorization.startsWith("Bearer ")) {
            throw Refusal.unauthorized();
        }
        String token = authorization.substring("Bearer ".length());
        User user = keys.ownerOf(token)
                .flatMap(users::find)
                .or(() -> byAccessToken(token))
                .orElseThrow(Refusal::unauthorized);
        return new Caller(user, !settings.subjectsWithoutApiKeys.contains(user.subject()), null);
    }

    /** An admin's token is an admin's only with the scope for it. */
    private Optional<User> byAccessToken(String text) {
        return tokens.active(text)
                .flatMap(token -> users.find(token.userId())
                        .map(user -> token.scopes().contains("admin_classic") ? user : user.withoutRole()));
    }

    private Caller bySession(Incoming request) {
        Map<String, String> cookies = request.cookies();
        Session session = sessions.find(cookies).orElseThrow(Refusal::unauthorized);
        integrations.check(request);
        boolean proven = session.csrfToken().equals(request.header("qlik-csrf-token"));
        if (request.isWrite() && !(proven && session.keptCsrfCookies(cookies))) {
            throw new Refusal(403, "CSRF-TOKEN-2", "CSRF token mismatch", "The CSRF token is missing or wrong.");
        }
        User user = users.find(session.userId()).orElseThrow(Refusal::unauthorized);
        return new Caller(user, session.mayMakeApiKeys(), session);
    }
}
