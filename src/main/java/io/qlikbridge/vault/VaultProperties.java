package io.qlikbridge.vault;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the vault keys come from: one of the two, never both.
 *
 * @param keys {@code id:base64,…}, 32 bytes each, newest first: the first seals, all of them open. Required, unless {@code keys-file} is
 *     set
 * @param keysFile path of a text file that holds them instead, separated by commas or lines; blank lines and those that begin with {@code
 *     #} are skipped
 */
@ConfigurationProperties("bridge.vault")
record VaultProperties(@Nullable String keys, @Nullable String keysFile) {

    @Override
    public String toString() {
        return "VaultProperties[]";
    }
}
