package io.qlikbridge.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The parts of a compact JWS (RFC 7515 section 3.1), read but not believed. */
record SignedToken(JsonNode header, JsonNode claims, String signed, byte[] signature) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Nothing when the text is no compact JWS with two JSON objects. */
    static @Nullable SignedToken parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3 || text.contains("=")) {
            return null;
        }
        try {
            JsonNode header = JSON.readTree(decoded(parts[0]));
            JsonNode claims = JSON.readTree(decoded(parts[1]));
            return header.isObject() && claims.isObject()
                    ? new SignedToken(header, claims, parts[0] + "." + parts[1], decoded(parts[2]))
                    : null;
        } catch (IllegalArgumentException | JacksonException malformed) {
            return null;
        }
    }

    boolean isSignedWith(PublicKey key) {
        try {
            Signature verifier = Signature.getInstance("SHA256withRSA");
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
        return "SignedToken[kid=" + header.path("kid").asString("") + "]";
    }

    private static byte[] decoded(String part) {
        return Base64.getUrlDecoder().decode(part);
    }
}
