package io.qlikbridge.tenant;

/**
 * A credential fresh from a tenant.
 *
 * @param qlikUserId the tenant's own id of the user it acts for; not the subject
 */
public record IssuedCredential(Credential credential, String qlikUserId) {}
