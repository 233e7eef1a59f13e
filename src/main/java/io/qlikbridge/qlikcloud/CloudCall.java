package io.qlikbridge.qlikcloud;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.tenant.Credential;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.util.UriComponentsBuilder;

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

    /** The step that asks whether the tenant is there. */
    static final String KNOCK = "reachable";

    /** The step that exchanges an assertion for a session. */
    static final String LOGIN = "jwt-session";

    static CloudCall get(Connection connection, String step, String path, HttpHeaders headers) {
        return get(connection, step, at(connection, path).build().toUri(), headers);
    }

    static CloudCall get(Connection connection, String step, URI uri, HttpHeaders headers) {
        return new CloudCall(connection, step, HttpMethod.GET, uri, headers, null);
    }

    /** An address at the connection's host, to be built further. */
    static UriComponentsBuilder at(Connection connection, String path) {
        return UriComponentsBuilder.fromUriString(connection.host() + path);
    }

    static HttpHeaders bearer(Credential credential) {
        HttpHeaders headers = new HttpHeaders();
        headers.setBearerAuth(credential.token());
        return headers;
    }

    /** Whether it could leave something behind at the tenant that lasts. A session does not: it ends unused. */
    boolean changes() {
        return !method.equals(HttpMethod.GET) && !step.equals(LOGIN) && !step.equals("reachable");
    }

    @Override
    public String toString() {
        return "CloudCall[" + step + "]";
    }
}
