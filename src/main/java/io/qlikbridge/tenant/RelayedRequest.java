package io.qlikbridge.tenant;

import java.util.Map;

/**
 * A read to be passed on.
 *
 * @param target the path at the tenant, from its slash on, and the query if there is one; sent byte for byte
 * @param headers what goes with it; neither a credential nor anything about the connection to the caller
 */
public record RelayedRequest(String target, Map<String, String> headers) {

    public RelayedRequest {
        headers = Map.copyOf(headers);
    }
}
