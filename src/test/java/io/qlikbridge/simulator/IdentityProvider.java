package io.qlikbridge.simulator;

import java.security.PublicKey;
import java.time.Instant;

/** Who may sign JWTs for this tenant: an issuer and its one key. */
record IdentityProvider(
        String id,
        String issuer,
        String kid,
        String pem,
        PublicKey key,
        int clockToleranceSeconds,
        boolean active,
        String description,
        Instant created,
        Instant updated) {

    IdentityProvider describedAs(String text, Instant now) {
        return new IdentityProvider(id, issuer, kid, pem, key, clockToleranceSeconds, active, text, created, now);
    }
}
