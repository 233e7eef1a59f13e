package io.qlikbridge.vault;

import jakarta.persistence.Embeddable;

/**
 * A secret at rest: which vault key sealed it, the nonce it was sealed with, and the ciphertext with its tag.
 *
 * @param sealedWith the id of the vault key
 * @param nonce 12 random bytes, never used twice with one key
 * @param ciphertext AES-256-GCM ciphertext followed by its 16-byte tag
 */
@Embeddable
public record Sealed(String sealedWith, byte[] nonce, byte[] ciphertext) {

    @Override
    public String toString() {
        return "Sealed[sealedWith=" + sealedWith + "]";
    }
}
