package io.qlikbridge.qlikcloud;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.tenant.Credential;
import io.qlikbridge.upstream.Dialect;
import io.qlikbridge.upstream.TenantCall;
import io.qlikbridge.upstream.TenantCall.Purpose;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.util.UriComponentsBuilder;

/** Makes calls to Qlik Cloud. */
final class CloudCall {

    /** The step that asks whether the tenant is there. */
    static final String KNOCK = "reachable";

    /** The step that exchanges an assertion for a session. */
    static final String LOGIN = "jwt-session";

    private CloudCall() {}

    static TenantCall get(Connection connection, String step, String path, HttpHeaders headers) {
        return get(connection, step, at(connection, path).build().toUri(), headers);
    }

    static TenantCall get(Connection connection, String step, URI uri, HttpHeaders headers) {
        return of(connection, step, HttpMethod.GET, uri, headers, null);
    }

    static TenantCall of(
            Connection connection,
            String step,
            HttpMethod method,
            URI uri,
            HttpHeaders headers,
            @Nullable String json) {
        return new TenantCall(connection, CloudDialect.INSTANCE, step, purpose(step), method, uri, headers, json);
    }

    private static Purpose purpose(String step) {
        return switch (step) {
            case KNOCK -> Purpose.PROBE;
            case LOGIN -> Purpose.SIGN_IN;
            default -> Purpose.ORDINARY;
        };
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

    /**
     * How Qlik Cloud limits rates (contract, section 11): reads for each user, and for all of a tenant's users together; writes are
     * all logins and keys of the bridge, so one limit is everybody's.
     */
    private enum CloudDialect implements Dialect {
        INSTANCE;

        private static final String OTHER_SERVER =
                "Check that the host of the connection is a Qlik Cloud tenant and that no proxy answers in its place.";

        private static final RateLimit READS = new RateLimit("reads", true);
        private static final RateLimit WRITES = new RateLimit("writes", false);

        @Override
        public String otherServerRemedy() {
            return OTHER_SERVER;
        }

        @Override
        public RateLimit limit(TenantCall call) {
            return call.method().equals(HttpMethod.GET) ? READS : WRITES;
        }
    }
}
