package io.qlikbridge.signing;

import com.fasterxml.uuid.Generators;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.connection.SigningKeyView;
import io.qlikbridge.keyfile.PrivateKeyReader;
import io.qlikbridge.keyfile.RsaKey;
import io.qlikbridge.vault.Place;
import io.qlikbridge.vault.Sealed;
import io.qlikbridge.vault.Vault;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes a new key in: names it, makes its certificate, and seals it before anything is stored. */
@Component
public class KeyImport {

    private static final Logger log = LoggerFactory.getLogger(KeyImport.class);

    private final Connections connections;
    private final SigningKeyStore store;
    private final Vault vault;
    private final Clock clock;

    KeyImport(Connections connections, SigningKeyStore store, Vault vault, Clock clock) {
        this.connections = connections;
        this.store = store;
        this.vault = vault;
        this.clock = clock;
    }

    /**
     * @param kid {@code null} for the thumbprint of the public key (RFC 7638)
     * @param shared whether another connection may have the same key
     */
    public SigningKeyView upload(
            ConnectionId connection, byte[] upload, char @Nullable [] passphrase, @Nullable KeyId kid, boolean shared) {
        connections.of(connection);
        return take(connection, PrivateKeyReader.read(upload, passphrase), kid, shared);
    }

    /** @param kid {@code null} for the thumbprint of the public key (RFC 7638) */
    public SigningKeyView generate(ConnectionId connection, int bits, @Nullable KeyId kid) {
        connections.of(connection);
        return take(connection, RsaKey.generate(bits), kid, false);
    }

    private SigningKeyView take(ConnectionId connection, RsaKey key, @Nullable KeyId asked, boolean shared) {
        UUID id = Generators.timeBasedEpochGenerator().generate();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String thumbprint = thumbprint(key);
        String kid = asked == null ? thumbprint : asked.value();
        KeyCertificate certificate = KeyCertificate.of(key, connection, now);
        SigningKey added = store.add(
                new SigningKey(
                        id,
                        connection,
                        kid,
                        KeyState.STAGED,
                        key.bits(),
                        thumbprint,
                        publicJwk(key, kid),
                        certificate.pem(),
                        certificate.notAfter(),
                        sealed(key, SigningKey.place(id, connection, kid, thumbprint)),
                        now),
                shared);
        log.info(
                "Signing key {} of connection {} added, {}",
                kid,
                connection,
                added.state().slug());
        return added.view();
    }

    private Sealed sealed(RsaKey key, Place place) {
        byte[] pkcs8 = key.privateKey().getEncoded();
        try {
            return vault.seal(pkcs8, place);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    private static String thumbprint(RsaKey key) {
        try {
            return new RSAKey.Builder(key.publicKey())
                    .build()
                    .computeThumbprint()
                    .toString();
        } catch (JOSEException impossible) {
            throw new IllegalStateException("SHA-256 is not available", impossible);
        }
    }

    private static String publicJwk(RsaKey key, String kid) {
        return new RSAKey.Builder(key.publicKey())
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.RS256)
                .keyID(kid)
                .build()
                .toJSONString();
    }
}
