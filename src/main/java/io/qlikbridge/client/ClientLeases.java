package io.qlikbridge.client;

/** The credentials that clients were handed. Implemented by the module that leases them. */
public interface ClientLeases {

    /** How many credentials that this client was handed may still be used at the tenant. */
    long handedTo(String clientId);

    /**
     * Takes all credentials that this client was handed out of use at once, inside the caller's transaction.
     *
     * @param reason why, in words for the audit
     */
    void end(String clientId, String reason);

    /** Tells the tenants of what was {@linkplain #end taken out of use}; what one could not be told goes on in the background. */
    void tellTenants(String clientId);
}
