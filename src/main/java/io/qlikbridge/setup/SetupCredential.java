package io.qlikbridge.setup;

/**
 * What an administrator of a tenant has lent for one request: a value of the adapter's own, which nobody keeps. Its {@code toString}
 * shows no secret.
 */
public interface SetupCredential {}
