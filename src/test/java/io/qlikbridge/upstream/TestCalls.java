package io.qlikbridge.upstream;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.ConnectionType;
import io.qlikbridge.connection.SubjectPolicy;
import io.qlikbridge.upstream.TenantCall.Purpose;
import java.net.URI;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/** Calls to a tenant at some host, which limits reads for each user and writes for all. */
public final class TestCalls {

    private enum TestDialect implements Dialect {
        INSTANCE;

        @Override
        public String otherServerRemedy() {
            return "Check the host.";
        }

        @Override
        public RateLimit limit(TenantCall call) {
            return call.method().equals(HttpMethod.GET) ? new RateLimit("reads", true) : new RateLimit("writes", false);
        }
    }

    private TestCalls() {}

    public static Connection connection(String host) {
        return new Connection(
                new ConnectionId("main"),
                new ConnectionType("fake"),
                URI.create(host),
                SubjectPolicy.MAPPED_ONLY,
                "{username}",
                null,
                Set::of,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    /** Counts as a read, of whom the key shows. */
    static TenantCall read(String host, String key) {
        return call(host, "items", Purpose.ORDINARY, HttpMethod.GET, "/api/v1/items", bearer(key), null);
    }

    /** Counts as a read, of whom the session is. */
    static TenantCall readInSession(String host, String session) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.COOKIE, "eas.sid=" + session);
        return call(host, "csrf-token", Purpose.ORDINARY, HttpMethod.GET, "/api/v1/csrf-token", headers, null);
    }

    static TenantCall write(String host, String key) {
        return call(host, "api-keys", Purpose.ORDINARY, HttpMethod.POST, "/api/v1/api-keys", bearer(key), "{}");
    }

    static TenantCall login(String host, String assertion) {
        return call(
                host, "jwt-session", Purpose.SIGN_IN, HttpMethod.POST, "/login/jwt-session", bearer(assertion), "{}");
    }

    static TenantCall probe(String host) {
        return call(host, "reachable", Purpose.PROBE, HttpMethod.GET, "/", new HttpHeaders(), null);
    }

    private static HttpHeaders bearer(String token) {
        HttpHeaders headers = new HttpHeaders();
        headers.setBearerAuth(token);
        return headers;
    }

    private static TenantCall call(
            String host,
            String step,
            Purpose purpose,
            HttpMethod method,
            String path,
            HttpHeaders headers,
            @Nullable String json) {
        return new TenantCall(
                connection(host), TestDialect.INSTANCE, step, purpose, method, URI.create(host + path), headers, json);
    }
}
