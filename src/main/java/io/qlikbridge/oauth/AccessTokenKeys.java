package io.qlikbridge.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.qlikbridge.crypto.SigningProvider;
import io.qlikbridge.vault.Vault;
import java.text.ParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The key that signs the bridge's own access tokens. Made once, by the first replica that starts on a database, and the
 * same over all of them; at rest its private part is sealed.
 */
@Component
class AccessTokenKeys implements JWKSource<SecurityContext> {

    private static final int BITS = 2048;

    private final JWKSet keys;

    AccessTokenKeys(AccessTokenKeyStore store, Vault vault, SigningProvider provider) {
        this.keys =
                new JWKSet(open(store.find().orElseGet(() -> store.addIfNone(seal(generate(provider), vault))), vault));
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        return selector.select(keys);
    }

    private static RSAKey generate(SigningProvider provider) {
        try {
            return new RSAKeyGenerator(BITS)
                    .provider(provider.jca())
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException("RSA keys cannot be made on this JDK", impossible);
        }
    }

    private static SealedTokenKey seal(RSAKey key, Vault vault) {
        String publicJwk = key.toPublicJWK().toJSONString();
        return new SealedTokenKey(
                key.getKeyID(),
                publicJwk,
                vault.seal(key.toJSONString(), SealedTokenKey.place(key.getKeyID(), publicJwk)));
    }

    private static RSAKey open(SealedTokenKey key, Vault vault) {
        try {
            return RSAKey.parse(vault.openText(key.sealed(), key.place()));
        } catch (ParseException impossible) {
            // without the cause, which repeats what it cannot parse
            throw new IllegalStateException("Access token key " + key.kid() + " was sealed, but is not a key");
        }
    }
}
