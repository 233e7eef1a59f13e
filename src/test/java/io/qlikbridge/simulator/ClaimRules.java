package io.qlikbridge.simulator;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a tenant asks of the claims of a JWT. A broken rule is a 400 with code {@code INTERNAL-TOKEN-1}, whose detail names
 * the claim; only the one for a missing claim is known from a real tenant, the others follow its pattern.
 */
final class ClaimRules {

    private static final String AUDIENCE = "qlik.api/login/jwt-session";
    private static final long LONGEST_SECONDS = 3600;
    private static final List<String> REQUIRED =
            List.of("iss", "aud", "sub", "subType", "name", "email", "email_verified", "jti", "iat", "nbf", "exp");

    private ClaimRules() {}

    static void check(JsonNode claims, Instant now, int clockToleranceSeconds) {
        for (String claim : REQUIRED) {
            if (!claims.hasNonNull(claim)) {
                throw fault("Missing required claim: " + claim);
            }
        }
        for (String claim : List.of("iss", "sub", "name", "email")) {
            require(
                    claims.path(claim).isString()
                            && !claims.path(claim).asString().isBlank(),
                    claim);
        }
        require(isText(claims.path("aud"), AUDIENCE), "aud");
        require(isText(claims.path("subType"), "user"), "subType");
        require(claims.path("email_verified").isBoolean(), "email_verified");
        checkGroups(claims.path("groups"));
        JsonNode jti = claims.path("jti");
        require(jti.isNumber() || jti.isString() && !jti.asString().isBlank(), "jti");
        checkTimes(claims, now.getEpochSecond(), clockToleranceSeconds);
    }

    static Refusal fault(String detail) {
        return new Refusal(400, "INTERNAL-TOKEN-1", "Invalid token request", "JWT_LOGIN_VALIDATIONS " + detail);
    }

    private static boolean isText(JsonNode claim, String value) {
        return claim.isString() && claim.asString().equals(value);
    }

    private static void checkGroups(JsonNode groups) {
        require(groups.isMissingNode() || groups.isArray(), "groups");
        for (JsonNode group : groups) {
            require(group.isString(), "groups");
        }
    }

    private static void checkTimes(JsonNode claims, long now, int tolerance) {
        for (String claim : List.of("iat", "nbf", "exp")) {
            require(claims.path(claim).isIntegralNumber(), claim);
        }
        long nbf = claims.path("nbf").asLong();
        long exp = claims.path("exp").asLong();
        if (nbf > now + tolerance) {
            throw fault("Claim not yet valid: nbf");
        }
        if (exp <= now - tolerance) {
            throw fault("Claim expired: exp");
        }
        if (exp <= nbf || exp - nbf > LONGEST_SECONDS) {
            throw fault("Claim too far from nbf: exp");
        }
    }

    private static void require(boolean good, String claim) {
        if (!good) {
            throw fault("Invalid claim: " + claim);
        }
    }
}
