package io.qlikbridge.directread;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionType;
import io.qlikbridge.tenant.ActingAs;
import io.qlikbridge.tenant.AppQuery;
import io.qlikbridge.tenant.RelayedRequest;
import io.qlikbridge.upstream.TenantCall;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The calls by which a kind of deployment answers a read, of adapters that have one call for it. */
public interface DirectCalls {

    ConnectionType type();

    /** Those for a connection; {@code null} where its kind of deployment has none. */
    static @Nullable DirectCalls of(Connection connection, List<DirectCalls> all) {
        for (DirectCalls calls : all) {
            if (calls.type().equals(connection.type())) {
                return calls;
            }
        }
        return null;
    }

    /** What passes a read on. */
    TenantCall relayed(Connection connection, ActingAs caller, RelayedRequest request);

    /** What lists the first apps of a list. */
    TenantCall apps(Connection connection, ActingAs caller, AppQuery query);

    /**
     * Writes a page of apps as callers get it, where it is all in the answer to the one call.
     *
     * @param length of the body, from the beginning of {@code bytes} on
     * @return whether it is; what was written is worth nothing otherwise
     */
    boolean writeApps(byte[] bytes, int length, AppQuery query, OutputStream out) throws IOException;
}
