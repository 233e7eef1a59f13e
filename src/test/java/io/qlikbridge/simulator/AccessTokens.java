package io.qlikbridge.simulator;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The OAuth access tokens of the tenant, oldest first, ended ones included. */
final class AccessTokens {

    private final List<AccessToken> tokens = new ArrayList<>();
    private final Settings settings;
    private final Clock clock;
    private final String tenantId;

    AccessTokens(Settings settings, Clock clock, String tenantId) {
        this.settings = settings;
        this.clock = clock;
        this.tenantId = tenantId;
    }

    /** Makes one, or refuses with 403 when the user has as many active ones as the tenant allows. */
    synchronized AccessToken make(OAuthClient client, User user, List<String> scopes) {
        Instant now = clock.instant();
        long active = tokens.stream()
                .filter(token -> token.userId().equals(user.id()) && token.isActive(now))
                .count();
        if (active >= settings.maxTokensPerUser) {
            throw new Refusal(403, "access_denied", "Too many tokens", "The user has the maximum number of tokens.");
        }
        String id = RandomText.objectId();
        AccessToken made = new AccessToken(
                id,
                KeyToken.of(id, user.id(), tenantId),
                client.id(),
                user.id(),
                user.subject(),
                scopes,
                now,
                now.plus(settings.accessTokenLifetime),
                false);
        tokens.add(made);
        settings.tokenMade.accept(made);
        return made;
    }

    /** The active one of this text. */
    Optional<AccessToken> active(String text) {
        Instant now = clock.instant();
        return all().stream()
                .filter(token -> token.token().equals(text) && token.isActive(now))
                .findFirst();
    }

    List<AccessToken> active() {
        Instant now = clock.instant();
        return all().stream().filter(token -> token.isActive(now)).toList();
    }

    synchronized List<AccessToken> all() {
        return List.copyOf(tokens);
    }

    synchronized void end(Predicate<AccessToken> which) {
        tokens.replaceAll(token -> which.test(token) ? token.ended() : token);
    }
}
