package io.qlikbridge.vault;

import jakarta.persistence.Embeddable;

/**
 * A secret at rest: which vault key sealed it, the nonce it was sealed with, and the ciphertext with its tag.
 *
 * @param sealedWith the id of the vault key
 * @param nonce 12 random bytes, never used twice with one key
 * @param ciphertext AES-256-GCM ciphertext followed by its 16-byte tag
 * @param sealForm what it is bound to: 1 to its row alone, as earlier versions sealed; 2 to all of its place
 */
@Embeddable
public record Sealed(String sealedWith, byte[] nonce, byte[] ciphertext, int sealForm) {

    public static final int TO_ITS_ROW = 1;
    public static final int TO_ITS_PLACE = 2;

    @Override
    public String toString() {
        return "Sealed[sealedWith=" + sealedWith + "]";
    }
}
