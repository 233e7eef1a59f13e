package io.qlikbridge.qlikcloud;

import io.qlikbridge.connection.ApiKeyExpiry;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.ConnectionType;
import io.qlikbridge.connection.SubjectPolicy;
import java.net.URI;
import java.time.Instant;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/** Calls to a tenant at some host. */
final class TestCalls {

    private TestCalls() {}

    static Connection connection(String host) {
        return new Connection(
                new ConnectionId("main"),
                ConnectionType.QLIK_CLOUD,
                URI.create(host),
                null,
                null,
                "https://bridge.example.org",
                new ApiKeyExpiry("PT24H"),
                null,
                SubjectPolicy.MAPPED_ONLY,
                "{username}",
                null,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    /** Counts as a read, of whom the key shows. */
    static CloudCall read(String host, String key) {
        HttpHeaders headers = new HttpHeaders();
        headers.setBearerAuth(key);
        return CloudCall.get(connection(host), "items", "/api/v1/items", headers);
    }

    /** Counts as a read, of whom the session is. */
    static CloudCall readInSession(String host, String session) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.COOKIE, "eas.sid=" + session);
        return CloudCall.get(connection(host), "csrf-token", "/api/v1/csrf-token", headers);
    }

    static CloudCall write(String host, String key) {
        return post(host, "api-keys", "/api/v1/api-keys", key);
    }

    static CloudCall login(String host, String assertion) {
        return post(host, CloudCall.LOGIN, "/login/jwt-session", assertion);
    }

    private static CloudCall post(String host, String step, String path, String bearer) {
        HttpHeaders headers = new HttpHeaders();
        headers.setBearerAuth(bearer);
        return new CloudCall(connection(host), step, HttpMethod.POST, URI.create(host + path), headers, "{}");
    }
}
