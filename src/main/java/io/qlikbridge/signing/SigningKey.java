package io.qlikbridge.signing;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.SigningKeyView;
import io.qlikbridge.vault.Place;
import io.qlikbridge.vault.Sealed;
import java.time.Instant;
import java.util.UUID;

/**
 * A key that signs assertions of one connection, its private part sealed.
 *
 * @param publicJwk the public key (RFC 7517)
 * @param certificate X.509, self-signed, PEM
 * @param notAfter when the certificate ends
 * @param pkcs8 the private key, sealed for {@link #place()}
 */
public record SigningKey(
        UUID id,
        ConnectionId connection,
        String kid,
        KeyState state,
        int bits,
        String thumbprint,
        String publicJwk,
        String certificate,
        Instant notAfter,
        Sealed pkcs8,
        Instant createdAt) {

    /** What the private part of this key is sealed for. */
    static Place place(UUID id, ConnectionId connection, String kid, String thumbprint) {
        return SealedSigningKeys.TABLE.place(id, connection, kid, thumbprint);
    }

    Place place() {
        return place(id, connection, kid, thumbprint);
    }

    public SigningKey in(KeyState next) {
        return new SigningKey(
                id, connection, kid, next, bits, thumbprint, publicJwk, certificate, notAfter, pkcs8, createdAt);
    }

    public SigningKeyView view() {
        return new SigningKeyView(kid, "RS256", bits, thumbprint, state.slug(), notAfter, createdAt);
    }
}
