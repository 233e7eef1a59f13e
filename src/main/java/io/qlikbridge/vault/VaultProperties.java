package io.qlikbridge.vault;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the vault keys come from: one of the two, never both.
 *
 * @param keys {@code id:base64} of 32 bytes each, newest first, with commas or line ends between
 * @param keysFile path of a text file with the same content, where blank lines and lines starting with {@code #} are
 *     skipped
 */
@ConfigurationProperties("bridge.vault")
record VaultProperties(@Nullable String keys, @Nullable String keysFile) {

    @Override
    public String toString() {
        return "VaultProperties[]";
    }
}
