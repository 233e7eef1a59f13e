package io.qlikbridge.qlikcloud;

import io.qlikbridge.connection.Connection;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * One call to a tenant.
 *
 * @param step its name in problem answers
 * @param headers may hold a credential
 * @param json the body, if it has one
 */
record CloudCall(
        Connection connection,
        String step,
        HttpMethod method,
        URI uri,
        HttpHeaders headers,
        @Nullable String json) {

    /** Whether repeating it could do something twice. */
    boolean changes() {
        return !method.equals(HttpMethod.GET);
    }

    @Override
    public String toString() {
        return "CloudCall[" + step + "]";
    }
}
