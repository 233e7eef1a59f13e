package io.qlikbridge.keyadmin;

import io.qlikbridge.problem.BridgeException;
import org.jspecify.annotations.Nullable;

/**
 * A request to make a key on the server.
 *
 * @param kid the thumbprint of the public key (RFC 7638) when it is missing
 */
record GenerateKey(@Nullable Wish generate, @Nullable String kid) {

    /** @param bits 2048, 3072 or 4096, the default */
    record Wish(@Nullable Integer bits) {}

    int bits() {
        if (generate == null) {
            throw BridgeException.invalid(
                    "#/generate", "is missing; send {\"generate\": {\"bits\": 4096}}, or the key itself as PEM");
        }
        return generate.bits() == null ? ManagedSigningKeys.USUAL_BITS : generate.bits();
    }
}
