package io.qlikbridge.keyfile;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.text.ParseException;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.jspecify.annotations.Nullable;

/** Reads a private RSA key from a JWK (RFC 7517; RFC 7518, section 6.3). */
final class JwkReader {

    private JwkReader() {}

    /** Whether a text is an object of JSON with the one member that every JWK has, or with those of a set of them. */
    static boolean isJwk(String text) {
        return text.stripLeading().startsWith("{") && (text.contains("\"kty\"") || text.contains("\"keys\""));
    }

    static RsaKey read(String text) {
        JWK jwk;
        try {
            jwk = JWK.parse(text);
        } catch (ParseException | RuntimeException malformed) {
            throw text.contains("\"keys\"")
                    ? UnreadableKey.instead("a set of JWKs, of which the one private key should be sent alone")
                    : UnreadableKey.instead("a JWK that cannot be read");
        }
        if (!(jwk instanceof RSAKey key)) {
            throw UnreadableKey.instead("a JWK that is not of an RSA key");
        }
        if (!key.isPrivate()) {
            throw UnreadableKey.instead("a public key");
        }
        return RsaKey.of(new RSAPrivateKey(
                number(key.getModulus()),
                number(key.getPublicExponent()),
                number(key.getPrivateExponent()),
                number(key.getFirstPrimeFactor()),
                number(key.getSecondPrimeFactor()),
                number(key.getFirstFactorCRTExponent()),
                number(key.getSecondFactorCRTExponent()),
                number(key.getFirstCRTCoefficient())));
    }

    private static BigInteger number(@Nullable Base64URL value) {
        if (value == null) {
            throw UnreadableKey.instead("a JWK without all of the numbers n, e, d, p, q, dp, dq and qi");
        }
        return value.decodeToBigInteger();
    }
}
