package io.qlikbridge.signing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import io.qlikbridge.crypto.PrivateRsaKey;
import io.qlikbridge.crypto.SigningProvider;
import io.qlikbridge.vault.Place;
import io.qlikbridge.vault.Vault;
import java.security.spec.InvalidKeySpecException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Signs with keys that are opened and parsed once, then kept in memory while they are used. */
@Component
class Signers {

    private static final int MOST = 1000;
    private static final Duration IDLE = Duration.ofHours(1);

    private final Vault vault;
    private final SigningProvider provider;
    private final Cache<Place, JWSSigner> opened =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(IDLE).build();

    Signers(Vault vault, SigningProvider provider) {
        this.vault = vault;
        this.provider = provider;
    }

    /** An RS256 JWT of these claims (RFC 7515, RFC 7518 section 3.3). */
    Assertion sign(SigningKey key, Map<String, Object> claims) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(JOSEObjectType.JWT)
                .keyID(key.kid())
                .build();
        JWSObject assertion = new JWSObject(header, new Payload(claims));
        try {
            assertion.sign(opened.get(key.place(), place -> open(key)));
        } catch (JOSEException failed) {
            throw UnusableSigningKey.damaged(key.kid(), failed);
        }
        return new Assertion(assertion.serialize());
    }

    private JWSSigner open(SigningKey key) {
        byte[] pkcs8 = vault.open(key.pkcs8(), key.place());
        try {
            return signer(provider.privateKey(pkcs8));
        } catch (InvalidKeySpecException malformed) {
            throw UnusableSigningKey.damaged(key.kid(), malformed);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    private static JWSSigner signer(PrivateRsaKey key) {
        RSASSASigner signer = new RSASSASigner(key.key());
        signer.getJCAContext().setProvider(key.provider());
        return signer;
    }
}
