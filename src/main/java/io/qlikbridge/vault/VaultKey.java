package io.qlikbridge.vault;

import javax.crypto.SecretKey;

/**
 * One key of the vault.
 *
 * @param id names the key beside everything it sealed
 * @param secret 256 bits for AES
 */
record VaultKey(String id, SecretKey secret) {

    @Override
    public String toString() {
        return "VaultKey[id=" + id + "]";
    }
}
