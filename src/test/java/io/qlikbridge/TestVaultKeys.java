package io.qlikbridge;

/** Vault keys for tests, as {@code bridge.vault.keys} takes them. */
public final class TestVaultKeys {

    public static final String K1 = "k1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    public static final String K2 = "k2:ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";

    private TestVaultKeys() {}
}
