package io.qlikbridge.sitesimulator;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import tools.jackson.databind.json.JsonMapper;

/** Makes tokens for the tests, good ones and others. */
final class TokenSigner {

    private static final Map<String, String> ALGORITHMS = Map.of(
            "RS256", "SHA256withRSA", "RS384", "SHA384withRSA", "RS512", "SHA512withRSA", "ES256", "SHA256withECDSA");

    private final KeyPair keys;

    private TokenSigner(KeyPair keys) {
        this.keys = keys;
    }

    static TokenSigner named(String name) {
        return new TokenSigner(SiteKeys.of("signer " + name));
    }

    static TokenSigner elliptic() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return new TokenSigner(generator.generateKeyPair());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** To be put into a virtual proxy. */
    String certificate() {
        try {
            X500Name name = new X500Name("CN=bridge");
            byte[] der = new JcaX509v3CertificateBuilder(
                            name,
                            BigInteger.ONE,
                            Date.from(Instant.parse("2026-01-01T00:00:00Z")),
                            Date.from(Instant.parse("2036-01-01T00:00:00Z")),
                            name,
                            keys.getPublic())
                    .build(new JcaContentSignerBuilder(
                                    keys.getPublic().getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA")
                            .build(keys.getPrivate()))
                    .getEncoded();
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                    + "\n-----END CERTIFICATE-----\n";
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** @param user such as {@code LAB\ada} */
    String token(String user, Instant now) {
        return token("RS256", claims(user, now));
    }

    /** By the names that a virtual proxy reads at first; to be changed. */
    static Map<String, Object> claims(String user, Instant now) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("userId", SiteUser.of(user).id());
        claims.put("userDirectory", SiteUser.of(user).directory());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.getEpochSecond() + 300);
        return claims;
    }

    String token(String algorithm, Map<String, Object> claims) {
        String signed = part(Map.of("alg", algorithm, "typ", "JWT")) + "." + part(claims);
        try {
            Signature signer = Signature.getInstance(ALGORITHMS.get(algorithm));
            signer.initSign(keys.getPrivate());
            signer.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signer.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String part(Map<String, Object> json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(JsonMapper.shared().writeValueAsBytes(json));
    }
}
