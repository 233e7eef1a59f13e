package io.qlikbridge.simulator;

import java.security.PublicKey;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An OAuth client of the tenant, as a test registers it. It proves itself by its secret, by its key, or by either.
 *
 * @param secret nothing for one that has a key alone
 * @param key what {@code client_assertion} is checked against
 * @param admin whether its own user, for {@code client_credentials}, is a tenant admin
 */
public record OAuthClient(
        String id,
        @Nullable String secret,
        @Nullable PublicKey key,
        Set<String> grants,
        Set<String> scopes,
        boolean admin) {

    public static final String CLIENT_CREDENTIALS = "client_credentials";
    public static final String IMPERSONATION = "urn:qlik:oauth:user-impersonation";

    /** One that acts for users, with the scope {@code user_default}. */
    public static OAuthClient impersonating(String id, String secret) {
        return new OAuthClient(id, secret, null, Set.of(IMPERSONATION), Set.of("user_default"), false);
    }

    /** One that acts for itself, as a tenant admin. */
    public static OAuthClient administrator(String id, String secret) {
        return new OAuthClient(
                id, secret, null, Set.of(CLIENT_CREDENTIALS), Set.of("user_default", "admin_classic"), true);
    }

    /** The same with a key in place of its secret. */
    public OAuthClient withKey(PublicKey proof) {
        return new OAuthClient(id, null, proof, grants, scopes, admin);
    }

    /** The same with the key of a certificate or public key in PEM in place of its secret. */
    public OAuthClient withKey(String pem) {
        return withKey(PemKey.read(pem));
    }

    public OAuthClient withGrants(String... allowed) {
        return new OAuthClient(id, secret, key, Set.of(allowed), scopes, admin);
    }

    public OAuthClient withScopes(String... allowed) {
        return new OAuthClient(id, secret, key, grants, Set.of(allowed), admin);
    }

    public OAuthClient withoutRole() {
        return new OAuthClient(id, secret, key, grants, scopes, false);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "OAuthClient[id=" + id + ", grants=" + grants + ", scopes=" + scopes + ", admin=" + admin + "]";
    }
}
