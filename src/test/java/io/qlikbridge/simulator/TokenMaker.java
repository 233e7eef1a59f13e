package io.qlikbridge.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/** Makes JWTs, good ones unless a test spoils something. */
final class TokenMaker {

    static final String ISSUER = "https://bridge.example.org";
    static final String KID = "bridge-1";

    private final Map<String, Object> header = new LinkedHashMap<>(Map.of("alg", "RS256", "kid", KID, "typ", "JWT"));
    private final Map<String, Object> claims = new LinkedHashMap<>();
    private KeyPair pair = TestKeys.OURS;

    TokenMaker(String subject, Instant now) {
        claims.put("iss", ISSUER);
        claims.put("aud", "qlik.api/login/jwt-session");
        claims.put("sub", subject);
        claims.put("subType", "user");
        claims.put("name", "Ada Example");
        claims.put("email", "ada@example.org");
        claims.put("email_verified", true);
        claims.put("groups", List.of("Finance"));
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("iat", now.getEpochSecond());
        claims.put("nbf", now.getEpochSecond() - 5);
        claims.put("exp", now.getEpochSecond() + 55);
    }

    TokenMaker header(String name, Object value) {
        header.put(name, value);
        return this;
    }

    TokenMaker withoutHeader(String name) {
        header.remove(name);
        return this;
    }

    TokenMaker claim(String name, Object value) {
        claims.put(name, value);
        return this;
    }

    TokenMaker without(String name) {
        claims.remove(name);
        return this;
    }

    TokenMaker signedBy(KeyPair other) {
        pair = other;
        return this;
    }

    String token() {
        String signed = part(header) + "." + part(claims);
        return signed + "." + encoded(signature(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private byte[] signature(byte[] signed) {
        try {
            if (header.get("alg").equals("none")) {
                return new byte[0];
            }
            if (header.get("alg").equals("HS256")) {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(TestKeys.CERTIFICATE.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
                return mac.doFinal(signed);
            }
            Signature signer =
                    Signature.getInstance(header.get("alg").equals("RS512") ? "SHA512withRSA" : "SHA256withRSA");
            signer.initSign(pair.getPrivate());
            signer.update(signed);
            return signer.sign();
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static String part(Map<String, Object> members) {
        return encoded(JsonMapper.shared().writeValueAsBytes(members));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
