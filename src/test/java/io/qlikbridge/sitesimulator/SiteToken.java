package io.qlikbridge.sitesimulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The parts of a compact JWS (RFC 7515 section 3.1), read but not believed. */
record SiteToken(JsonNode header, JsonNode claims, String signed, byte[] signature) {

    private static final Map<String, String> ALGORITHMS =
            Map.of("RS256", "SHA256withRSA", "RS384", "SHA384withRSA", "RS512", "SHA512withRSA");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Nothing when the text is no compact JWS with two JSON objects. */
    static @Nullable SiteToken parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3 || text.contains("=")) {
            return null;
        }
        try {
            JsonNode header = JSON.readTree(decoded(parts[0]));
            JsonNode claims = JSON.readTree(decoded(parts[1]));
            return header.isObject() && claims.isObject()
                    ? new SiteToken(header, claims, parts[0] + "." + parts[1], decoded(parts[2]))
                    : null;
        } catch (IllegalArgumentException | JacksonException malformed) {
            return null;
        }
    }

    boolean isSignedWith(PublicKey key) {
        String algorithm = ALGORITHMS.get(header.path("alg").asString(""));
        if (algorithm == null) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(key);
            verifier.update(signed.getBytes(StandardCharsets.US_ASCII));
            return verifier.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    /** Without the token's parts, which together are a credential. */
    @Override
    public String toString() {
        return "SiteToken[alg=" + header.path("alg").asString("") + "]";
    }

    private static byte[] decoded(String part) {
        return Base64.getUrlDecoder().decode(part);
    }
}
