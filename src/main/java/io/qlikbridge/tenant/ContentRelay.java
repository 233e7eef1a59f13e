package io.qlikbridge.tenant;

import io.qlikbridge.connection.Connection;
import org.jspecify.annotations.Nullable;

/** Passes a read on to a tenant as it was asked, and its answer back as it comes. */
public interface ContentRelay {

    /**
     * Asks the tenant, and comes back as soon as the answer's status and headers are here. Whatever the status is, it is an
     * answer, except that a refused credential is told by {@link CredentialRefused}, so that it can be replaced.
     *
     * @param caller {@code null} to ask as nobody
     * @return the answer, to be closed by the caller
     */
    RelayedAnswer get(Connection connection, @Nullable ActingAs caller, RelayedRequest request);
}
