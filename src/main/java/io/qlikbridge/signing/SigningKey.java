package io.qlikbridge.signing;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.SigningKeyView;
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
record SigningKey(
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

    /** Where the private part of the key with this id is sealed for. */
    static String place(UUID id) {
        return "signing_key/" + id;
    }

    String place() {
        return place(id);
    }

    SigningKey in(KeyState next) {
        return new SigningKey(
                id, connection, kid, next, bits, thumbprint, publicJwk, certificate, notAfter, pkcs8, createdAt);
    }

    SigningKeyView view() {
        return new SigningKeyView(kid, "RS256", bits, thumbprint, state.slug(), notAfter, createdAt);
    }
}
