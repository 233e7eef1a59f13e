package io.qlikbridge.tenant;

/**
 * A credential as the tenant lists it: without the secret, which is shown once and never again.
 *
 * @param id the tenant's own id of it, to end it by
 * @param description what it was made with
 */
public record KeptCredential(String id, String description) {}
