package io.qlikbridge.upstream;

import io.qlikbridge.connection.Connection;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * One call to a tenant.
 *
 * @param dialect how the tenant speaks
 * @param step its name in problem answers and metrics
 * @param headers may hold a credential
 * @param body if it has one; JSON, unless the headers have a content type
 */
public record TenantCall(
        Connection connection,
        Dialect dialect,
        String step,
        Purpose purpose,
        HttpMethod method,
        URI uri,
        HttpHeaders headers,
        @Nullable String body) {

    /** What a call is made for. */
    public enum Purpose {
        /** To find out whether the tenant is there: made even while it is known to be silent. */
        PROBE,
        /** To open a session, with something that is accepted once: never repeated. A session ends by itself. */
        SIGN_IN,
        /** Everything else. */
        ORDINARY
    }

    /** Whether it could leave something behind at the tenant that lasts. */
    public boolean changes() {
        return purpose == Purpose.ORDINARY && !method.equals(HttpMethod.GET);
    }

    /** The same call at another address of the tenant, as a GET. */
    TenantCall redirectedTo(URI target) {
        return new TenantCall(connection, dialect, step, purpose, HttpMethod.GET, target, headers, null);
    }

    @Override
    public String toString() {
        return "TenantCall[" + step + "]";
    }
}
