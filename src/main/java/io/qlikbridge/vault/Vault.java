package io.qlikbridge.vault;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals secrets with AES-256-GCM under the newest vault key and opens what any configured key has sealed. The place where
 * a secret is kept, with whom and what it is for, is its associated data: a ciphertext stays shut in another row, and in its
 * own when that says something else.
 */
public class Vault {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final KeyRing keys;
    private final SecureRandom random = new SecureRandom();
    private final AtomicLong seals = new AtomicLong();

    /** The ids of the keys that may have sealed something for its row alone. Shrinks, and never grows. */
    private final Set<String> ofOldForm = ConcurrentHashMap.newKeySet();

    Vault(KeyRing keys) {
        this(keys, Set.of());
    }

    /** @param ofOldForm the ids of the keys that open what earlier versions sealed */
    Vault(KeyRing keys, Set<String> ofOldForm) {
        this.keys = keys;
        this.ofOldForm.addAll(ofOldForm);
    }

    /** Opens what earlier versions sealed for its row alone with these keys at most from now on. */
    public void opensOldFormOf(Set<String> keyIds) {
        ofOldForm.retainAll(keyIds);
    }

    /** How often the newest key has sealed since this was last asked. */
    long takeSeals() {
        return seals.getAndSet(0);
    }

    /** What was taken could not be noted. */
    void giveBack(long taken) {
        seals.addAndGet(taken);
    }

    /**
     * Seals a secret.
     *
     * @param place where it will be kept; opening needs the same
     */
    public Sealed seal(byte[] secret, Place place) {
        return seal(secret, place, Sealed.TO_ITS_PLACE);
    }

    private Sealed seal(byte[] secret, Place place, int form) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        VaultKey key = keys.newest();
        try {
            seals.incrementAndGet();
            return new Sealed(key.id(), nonce, run(Cipher.ENCRYPT_MODE, key, nonce, place.data(form), secret), form);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-256-GCM is not available", impossible);
        }
    }

    /** Seals a text as UTF-8. */
    public Sealed seal(String secret, Place place) {
        return seal(secret.getBytes(StandardCharsets.UTF_8), place);
    }

    /** The same for a place that nothing else belongs to. */
    Sealed seal(String secret, String row) {
        return seal(secret, Place.of(row));
    }

    /** As earlier versions sealed, for its row alone. */
    Sealed sealForRow(byte[] secret, String row) {
        return seal(secret, Place.of(row), Sealed.TO_ITS_ROW);
    }

    /**
     * Opens what {@link #seal} made for the same place.
     *
     * @throws CannotOpen when the key is not configured, or the ciphertext was altered or moved
     */
    public byte[] open(Sealed sealed, Place place) {
        VaultKey key = keys.named(sealed.sealedWith())
                .orElseThrow(() ->
                        new CannotOpen(place.row(), "its vault key " + sealed.sealedWith() + " is not configured"));
        if (sealed.sealForm() == Sealed.TO_ITS_ROW && !ofOldForm.contains(key.id())) {
            throw new CannotOpen(
                    place.row(),
                    "it is sealed as versions before did, and everything of " + key.id() + " was sealed anew since");
        }
        try {
            return run(Cipher.DECRYPT_MODE, key, sealed.nonce(), place.data(sealed.sealForm()), sealed.ciphertext());
        } catch (AEADBadTagException altered) {
            throw new CannotOpen(
                    place.row(), "it was sealed with another key or for another place or person, or was altered");
        } catch (GeneralSecurityException malformed) {
            throw new CannotOpen(place.row(), "it is not a sealed secret");
        }
    }

    /** Opens a text that was sealed as UTF-8. */
    public String openText(Sealed sealed, Place place) {
        return new String(open(sealed, place), StandardCharsets.UTF_8);
    }

    /** The same for a place that nothing else belongs to. */
    String openText(Sealed sealed, String row) {
        return openText(sealed, Place.of(row));
    }

    /** The same secret, sealed with the newest key. */
    public Sealed reseal(Sealed sealed, Place place) {
        byte[] secret = open(sealed, place);
        try {
            return seal(secret, place);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static byte[] run(int mode, VaultKey key, byte[] nonce, byte[] place, byte[] input)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key.secret(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place);
        return cipher.doFinal(input);
    }
}
