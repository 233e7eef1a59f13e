package io.qlikbridge.simulator;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What a test may do with the OAuth part of a {@link SimulatedTenant}. */
public final class OAuthServer {

    private final Supplier<TenantState> tenant;

    OAuthServer(Supplier<TenantState> tenant) {
        this.tenant = tenant;
    }

    public void client(OAuthClient client) {
        tenant.get().clients.add(client);
    }

    public void removeClient(String id) {
        tenant.get().clients.remove(id);
    }

    /** How long new access tokens last; 6 hours at first. */
    public void tokenLifetime(Duration lifetime) {
        tenant.get().settings.accessTokenLifetime = lifetime;
    }

    /** How many active access tokens a user may have; no limit at first. */
    public void maxTokensPerUser(int count) {
        tenant.get().settings.maxTokensPerUser = count;
    }

    /** How answers say when a token ends; {@code expires_at} at first. */
    public void tokenEnd(TokenEnd form) {
        tenant.get().settings.tokenEnd = form;
    }

    /** Whether refusals look like RFC 6749's, as at first; else they have Qlik's envelope. */
    public void oauthErrors(boolean plain) {
        tenant.get().settings.oauthErrors = plain;
    }

    /** Is told of every access token when it has just been made; no other one is made meanwhile. */
    public void onTokenMade(Consumer<AccessToken> observer) {
        tenant.get().settings.tokenMade = observer;
    }

    /** Ends all tokens of a subject at once. */
    public void endTokensOf(String subject) {
        tenant.get().tokens.end(token -> token.subject().equals(subject));
    }

    /** Every access token that was made, oldest first, ended ones included. */
    public List<AccessToken> tokens() {
        return tenant.get().tokens.all();
    }

    public List<AccessToken> tokensOf(String subject) {
        return tokens().stream()
                .filter(token -> token.subject().equals(subject))
                .toList();
    }

    public List<AccessToken> activeTokensOf(String subject) {
        return tenant.get().tokens.active().stream()
                .filter(token -> token.subject().equals(subject))
                .toList();
    }

    public int tokensMade() {
        return tokens().size();
    }

    public int tokensMade(String subject) {
        return tokensOf(subject).size();
    }

    /** The requests for tokens, refused ones included. */
    public List<Call> tokenCalls() {
        return tenant.get().calls.under("/oauth/token");
    }
}
