package io.qlikbridge.simulator;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Decides whether a JWT buys a session: RS256, a known {@code kid}, a signature by the key that goes with it, the issuer of
 * the same identity provider, then the claims, then a {@code jti} that was never used on this tenant. The answers before
 * the claims are not published; here they are 401 with a made-up code.
 */
final class AssertionJudge {

    private final IdentityProviders providers;
    private final Clock clock;
    private final Set<String> usedIds = ConcurrentHashMap.newKeySet();

    AssertionJudge(IdentityProviders providers, Clock clock) {
        this.providers = providers;
        this.clock = clock;
    }

    /** The token in {@code Authorization}, if it is good; its id is not used up yet. */
    SignedToken judge(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith("Bearer ")) {
            throw refused("No bearer token");
        }
        SignedToken token = SignedToken.parse(authorization.substring("Bearer ".length()));
        if (token == null) {
            throw refused("Malformed token");
        }
        IdentityProvider provider = providerOf(token);
        ClaimRules.check(token.claims(), clock.instant(), provider.clockToleranceSeconds());
        return token;
    }

    /** Takes the token's id, which only one caller can do. */
    void useUp(SignedToken token) {
        if (!usedIds.add(token.claims().path("jti").asString())) {
            throw ClaimRules.fault("Claim already used: jti");
        }
    }

    private IdentityProvider providerOf(SignedToken token) {
        if (!token.header().path("alg").asString("").equals("RS256")) {
            throw refused("Algorithm not allowed");
        }
        String kid = token.header().path("kid").asString("");
        List<IdentityProvider> named =
                providers.active().stream().filter(one -> one.kid().equals(kid)).toList();
        if (named.isEmpty()) {
            throw refused("Unknown key id");
        }
        List<IdentityProvider> signers =
                named.stream().filter(one -> token.isSignedWith(one.key())).toList();
        if (signers.isEmpty()) {
            throw refused("Invalid signature");
        }
        JsonNode issuer = token.claims().path("iss");
        if (issuer.isMissingNode() || issuer.isNull()) {
            throw ClaimRules.fault("Missing required claim: iss");
        }
        return signers.stream()
                .filter(one -> one.issuer().equals(issuer.asString("")))
                .findFirst()
                .orElseThrow(() -> refused("Unknown issuer"));
    }

    private static Refusal refused(String detail) {
        return new Refusal(401, "INTERNAL-TOKEN-2", "Token refused", detail);
    }
}
