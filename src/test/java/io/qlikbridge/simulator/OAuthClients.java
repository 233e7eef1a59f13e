package io.qlikbridge.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The OAuth clients of the tenant, and how they prove who they are: by secret, or by a JWT that is signed with their key
 * (RS256, RSA of 2048 bits, about the token URL, for five minutes at most, used once). Everything else is 401.
 */
final class OAuthClients {

    private static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final long LONGEST = 300;
    private static final int SMALLEST = 2048;

    private final Map<String, OAuthClient> byId = new ConcurrentHashMap<>();
    private final Set<String> usedIds = ConcurrentHashMap.newKeySet();
    private final String tokenUrl;
    private final Clock clock;

    OAuthClients(String tokenUrl, Clock clock) {
        this.tokenUrl = tokenUrl;
        this.clock = clock;
    }

    void add(OAuthClient client) {
        byId.put(client.id(), client);
    }

    void remove(String id) {
        byId.remove(id);
    }

    OAuthClient authenticated(JsonNode request) {
        String assertion = request.path("client_assertion").asString("");
        String secret = request.path("client_secret").asString("");
        if (!assertion.isEmpty() && !secret.isEmpty()) {
            throw new Refusal(400, "invalid_request", "Invalid request", "There are two proofs of the client.");
        }
        return assertion.isEmpty() ? bySecret(request, secret) : byAssertion(request, assertion);
    }

    private OAuthClient bySecret(JsonNode request, String secret) {
        OAuthClient client = byId.get(request.path("client_id").asString(""));
        String known = client == null ? null : client.secret();
        if (client == null || known == null || !same(known, secret)) {
            throw invalid("The client is unknown, or its secret is wrong.");
        }
        return client;
    }

    private OAuthClient byAssertion(JsonNode request, String assertion) {
        SignedToken token = SignedToken.parse(assertion);
        if (token == null
                || !JWT_BEARER.equals(request.path("client_assertion_type").asString(""))) {
            throw invalid("The client assertion is malformed.");
        }
        String id = token.claims().path("sub").asString("");
        OAuthClient client = byId.get(id);
        PublicKey key = client == null ? null : client.key();
        if (client == null
                || key == null
                || !id.equals(request.path("client_id").asString(id))) {
            throw invalid("The client is unknown, or has no key.");
        }
        require(isStrong(key) && "RS256".equals(token.header().path("alg").asString("")), "algorithm");
        require(token.isSignedWith(key), "signature");
        checkClaims(token.claims(), id);
        return client;
    }

    private void checkClaims(JsonNode claims, String id) {
        long now = Instant.now(clock).getEpochSecond();
        JsonNode audience = claims.path("aud");
        require(id.equals(claims.path("iss").asString("")), "iss");
        require(
                tokenUrl.equals(audience.asString(""))
                        || audience.valueStream().anyMatch(one -> tokenUrl.equals(one.asString(""))),
                "aud");
        require(claims.path("exp").isNumber() && claims.path("exp").asLong() > now, "exp");
        require(claims.path("iat").asLong(now) <= now && claims.path("nbf").asLong(now) <= now, "iat");
        require(claims.path("exp").asLong() - claims.path("iat").asLong(now) <= LONGEST, "lifetime");
        String jti = claims.path("jti").asString("");
        require(!jti.isBlank() && usedIds.add(id + " " + jti), "jti");
    }

    private static boolean isStrong(@Nullable PublicKey key) {
        return key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= SMALLEST;
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static void require(boolean good, String what) {
        if (!good) {
            throw invalid("The client assertion is not accepted: " + what + ".");
        }
    }

    private static Refusal invalid(String detail) {
        return new Refusal(401, "invalid_client", "Invalid client", detail);
    }
}
