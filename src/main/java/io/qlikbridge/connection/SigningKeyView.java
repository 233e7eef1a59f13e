package io.qlikbridge.connection;

import java.time.Instant;

/**
 * What is shown of a signing key; never its private part.
 *
 * @param kid the key id that stands in an assertion's header and in the tenant's identity provider
 * @param algorithm always {@code RS256}
 * @param thumbprint of the public key (RFC 7638), base64url
 * @param state {@code staged}, {@code active} or {@code retired}
 * @param certificateNotAfter when the certificate given to the tenant ends
 */
public record SigningKeyView(
        String kid,
        String algorithm,
        int bits,
        String thumbprint,
        String state,
        Instant certificateNotAfter,
        Instant createdAt) {

    /** Whether the connection's assertions are signed with it now. */
    public boolean signs() {
        return state.equals("active");
    }
}
