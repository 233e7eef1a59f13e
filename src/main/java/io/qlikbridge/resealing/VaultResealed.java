package io.qlikbridge.resealing;

/**
 * A rotation of the vault keys has come to its end: nothing is sealed with an older key any more. Published inside the
 * transaction that notes it.
 *
 * @param key the id of the newest key
 * @param rows how many were sealed anew with it
 */
public record VaultResealed(String key, long rows) {}
