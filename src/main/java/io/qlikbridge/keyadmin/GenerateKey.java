package io.qlikbridge.keyadmin;

import io.qlikbridge.problem.BridgeException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request to make a key on the server.
 *
 * @param kid the thumbprint of the public key (RFC 7638) when it is missing
 */
record GenerateKey(@Nullable Wish generate, @Nullable String kid) {

    private static final Set<Integer> SIZES = Set.of(2048, 3072, 4096);
    private static final int USUAL = 4096;

    /** @param bits 2048, 3072 or 4096, the default */
    record Wish(@Nullable Integer bits) {}

    int bits() {
        if (generate == null) {
            throw BridgeException.invalid(
                    "#/generate", "is missing; send {\"generate\": {\"bits\": 4096}}, or the key itself as PEM");
        }
        int bits = generate.bits() == null ? USUAL : generate.bits();
        if (!SIZES.contains(bits)) {
            throw BridgeException.invalid("#/generate/bits", "is 2048, 3072 or 4096");
        }
        return bits;
    }
}
