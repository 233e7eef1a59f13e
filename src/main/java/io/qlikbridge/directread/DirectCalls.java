package io.qlikbridge.directread;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionType;
import io.qlikbridge.tenant.ActingAs;
import io.qlikbridge.tenant.AppQuery;
import io.qlikbridge.tenant.RelayedRequest;
import io.qlikbridge.upstream.TenantCall;
import java.io.IOException;
import java.io.OutputStream;

/** The calls by which a kind of deployment answers a read, of adapters that have one call for it. */
public interface DirectCalls {

    ConnectionType type();

    /** What passes a read on. */
    TenantCall relayed(Connection connection, ActingAs caller, RelayedRequest request);

    /** What lists the first apps of a list. */
    TenantCall apps(Connection connection, ActingAs caller, AppQuery query);

    /** A page of apps as a deployment of this kind answers with, for rehearsals. */
    byte[] examplePage();

    /**
     * Writes a page of apps as callers get it, where it is all in the answer to the one call.
     *
     * @param length of the body, from the beginning of {@code bytes} on
     * @return whether it is; what was written is worth nothing otherwise
     */
    boolean writeApps(byte[] bytes, int length, AppQuery query, OutputStream out) throws IOException;
}
