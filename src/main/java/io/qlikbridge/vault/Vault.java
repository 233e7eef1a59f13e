package io.qlikbridge.vault;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals secrets with AES-256-GCM under the newest vault key and opens what any configured key has sealed. The place where
 * a secret is kept, such as {@code lease/0198…}, is its associated data: a ciphertext copied to another row stays shut.
 */
public class Vault {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final KeyRing keys;
    private final SecureRandom random = new SecureRandom();

    Vault(KeyRing keys) {
        this.keys = keys;
    }

    /**
     * Seals a secret.
     *
     * @param place where it will be kept; opening needs the same
     */
    public Sealed seal(byte[] secret, String place) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        VaultKey key = keys.newest();
        try {
            return new Sealed(key.id(), nonce, run(Cipher.ENCRYPT_MODE, key, nonce, place, secret));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-256-GCM is not available", impossible);
        }
    }

    /** Seals a text as UTF-8. */
    public Sealed seal(String secret, String place) {
        return seal(secret.getBytes(StandardCharsets.UTF_8), place);
    }

    /**
     * Opens what {@link #seal} made for the same place.
     *
     * @throws CannotOpen when the key is not configured, or the ciphertext was altered or moved
     */
    public byte[] open(Sealed sealed, String place) {
        VaultKey key = keys.named(sealed.sealedWith())
                .orElseThrow(
                        () -> new CannotOpen(place, "its vault key " + sealed.sealedWith() + " is not configured"));
        try {
            return run(Cipher.DECRYPT_MODE, key, sealed.nonce(), place, sealed.ciphertext());
        } catch (AEADBadTagException altered) {
            throw new CannotOpen(place, "it was sealed with another key or for another place, or was altered");
        } catch (GeneralSecurityException malformed) {
            throw new CannotOpen(place, "it is not a sealed secret");
        }
    }

    /** Opens a text that was sealed as UTF-8. */
    public String openText(Sealed sealed, String place) {
        return new String(open(sealed, place), StandardCharsets.UTF_8);
    }

    /** The same secret, sealed with the newest key. */
    Sealed reseal(Sealed sealed, String place) {
        byte[] secret = open(sealed, place);
        try {
            return seal(secret, place);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static byte[] run(int mode, VaultKey key, byte[] nonce, String place, byte[] input)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key.secret(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher.doFinal(input);
    }
}
