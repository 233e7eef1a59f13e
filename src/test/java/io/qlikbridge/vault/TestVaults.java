package io.qlikbridge.vault;

/** Vaults for tests that have no context. */
public final class TestVaults {

    private TestVaults() {}

    /** A vault of these keys, newest first, each {@code id:base64}. */
    public static Vault of(String... keys) {
        return new Vault(VaultKeyReader.read(new VaultProperties(String.join(",", keys), null)));
    }
}
