package io.qlikbridge.oauthclient;

import org.jspecify.annotations.Nullable;

/**
 * Who the bridge is at the tenant's token endpoint.
 *
 * @param clientId the tenant's own id of the client
 * @param secret {@code null} for a client that authenticates with a JWT of the connection's signing key (RFC 7523, section 2.2)
 */
public record OAuthClient(String clientId, @Nullable String secret) {

    @Override
    public String toString() {
        return "OAuthClient[" + clientId + "]";
    }
}
