package io.qlikbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Door;
import io.qlikbridge.Product;
import io.qlikbridge.TestHttp;
import io.qlikbridge.ThroughBothDoors;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are too much of something. Bodies are in {@link io.qlikbridge.failure.ProblemTests}. */
@ThroughBothDoors
class RequestLimitsTests {

    private final Product bridge;

    RequestLimitsTests(Door door) {
        bridge = door.product();
        http = new TestHttp(URI.create(bridge.url()).getPort());
    }

    private final TestHttp http;
    private static final String END = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    static List<String> excessive() {
        return List.of(
                "GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "a".repeat(9_000) + "\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\n" + "X-One: 1\r\n".repeat(120) + "\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\n" + ("X: " + "a".repeat(80) + "\r\n").repeat(99) + "\r\n",
                "GET /" + "a".repeat(9_000) + END,
                "GET /?" + "a".repeat(9_000) + END);
    }

    @ParameterizedTest
    @MethodSource("excessive")
    void requestWhenItsHeadIsTooLargeIsRefusedAsSuch(String request) {
        // whose answer is lost when the connection is reset, which is a matter of moments
        for (int time = 0; time < 20; time++) {
            assertThat(http.raw(request))
                    .startsWith("HTTP/1.1 400")
                    .contains("Connection: close")
                    .contains("\"code\":\"invalid-request\"")
                    .contains("too many or too long");
        }
    }

    /** With an access token of an issuer that has much to say. */
    @Test
    void requestWhenItsTokenIsLongIsRead() {
        assertThat(http.get("/api/v1/me", "a".repeat(7_000)).status()).isEqualTo(401);
    }

    @Test
    void parametersWhenThereAreTooManyAreRefused() {
        bridge.get("/api/v1/leases?" + "a=1&".repeat(101)).expectProblem(400, "invalid-request");
        assertThat(http.tokenRequest(null, null, "grant_type=client_credentials" + "&a=1".repeat(101))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void partsOfAnUploadWhenThereAreTooManyAreRefused() {
        String part = "--x\r\nContent-Disposition: form-data; name=\"kid\"\r\n\r\n1\r\n";

        bridge.exchange(bridge.request("/api/v1/connections/main/signing-keys", bridge.adminToken())
                        .header("Content-Type", "multipart/form-data; boundary=x")
                        .POST(BodyPublishers.ofString(part.repeat(11) + "--x--\r\n")))
                .expectProblem(413, "content-too-large");
    }

    /** Of all that takes a body, and of what takes none. */
    @ParameterizedTest
    @CsvSource({
        "POST,   /oauth2/token,                                 8192, 8 KB",
        "GET,    /oauth2/jwks,                                  8192, 8 KB",
        "POST,   /api/v1/connections/main/token,                8192, 8 KB",
        "GET,    /api/v1/connections/main/apps,                 8192, 8 KB",
        "GET,    /api/v1/me,                                    8192, 8 KB",
        "GET,    /qlik/main/api/v1/items,                       8192, 8 KB",
        "GET,    /actuator/health/liveness,                     8192, 8 KB",
        "POST,   /nothing,                                      8192, 8 KB",
        "PUT,    /api/v1/connections/main,                      262144, 256 KB",
        "POST,   /api/v1/connections/main/test,                 262144, 256 KB",
        "POST,   /api/v1/connections/main/signing-keys,         262144, 256 KB",
        "POST,   /api/v1/connections/main/signing-keys/k/activate, 262144, 256 KB",
        "POST,   /api/v1/users,                                 262144, 256 KB",
        "PUT,    /api/v1/users/0198c6d2-0000-7000-8000-000000000000, 262144, 256 KB",
        "POST,   /api/v1/leases/revoke,                         262144, 256 KB",
        "POST,   /api/v1/clients,                               262144, 256 KB",
        "POST,   /api/v1/clients/a/secret,                      262144, 256 KB",
        "POST,   /api/v1/users/import,                          67108864, 64 MB",
    })
    void bodyWhenLargerThanItsAddressTakesIsTooLarge(String method, String path, long most, String told) {
        String head = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: ";

        assertThat(http.raw(head + (most + 1) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 413")
                .contains("application/problem+json", "\"code\":\"content-too-large\"", told + " at most");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/connections/main/token", "/api/v1/users", "/nothing"})
    void formWithFilesWhereNoneAreTakenIsRefusedUnread(String path) {
        assertThat(http.raw("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
                        + "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 100\r\n\r\n"))
                .startsWith("HTTP/1.1 415")
                .contains("\"code\":\"unsupported-media-type\"");
    }

    /** In the form of its own errors (RFC 6749, section 5.2). */
    @Test
    void formWithFilesForATokenIsRefusedUnread() {
        assertThat(http.raw("POST /oauth2/token HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
                        + "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 100\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("\"error\":\"invalid_request\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/users", "/api/v1/users/import", "/api/v1/connections/main/token"})
    void bodyWhenNobodySignedInIsNotAskedFor(String path) {
        assertThat(http.raw("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
                        + "Content-Length: 100\r\n\r\n"))
                .startsWith("HTTP/1.1 401");
    }

    @Test
    void formForATokenWhenItAnnouncesNoLengthIsReadAsFarAsItMay() {
        assertThat(http.raw("POST /oauth2/token HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\n\r\n2710\r\na=" + "b".repeat(9_998)
                        + "\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 413")
                .contains("content-too-large");
    }
}
