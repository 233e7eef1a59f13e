package io.qlikbridge.tenant;

import io.qlikbridge.connection.Connection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Passes a read on to a tenant as it was asked, and its answer back as it comes. */
public interface ContentRelay {

    /** All that is passed on; of several that a path fits, the first one counts. */
    List<Route> routes();

    /** The names of query parameters by which this kind of deployment is shown a credential; they are never passed on. */
    default Set<String> credentialParameters() {
        return Set.of();
    }

    /**
     * Asks the tenant, and comes back as soon as the answer's status and headers are here. Whatever the status is, it is an
     * answer, except that a refused credential is told by {@link CredentialRefused}, so that it can be replaced.
     *
     * @param caller {@code null} to ask as nobody, for what anybody may read
     * @return the answer, to be closed by the caller
     */
    RelayedAnswer get(Connection connection, @Nullable ActingAs caller, RelayedRequest request);

    /**
     * A read that is passed on to a deployment.
     *
     * @param path from the tenant's root on, without the slash at its beginning; {@code *} stands for one segment of unreserved characters
     *     (RFC 3986, section 2.3), {@code {uuid}} for one that is a UUID (RFC 9562, section 4)
     */
    record Route(String path, Reader reader) {

        /** Who may read it. */
        public enum Reader {
            /** Anybody, signed in or not. */
            ANYBODY,
            /** A user, in their own name. */
            USER,
            /** The user alone whose id at the tenant is the last segment. */
            ONESELF
        }

        public Route {
            if (path.startsWith("/") || path.isEmpty()) {
                throw new IllegalArgumentException("A path goes from the root on, without its slash");
            }
        }
    }
}
