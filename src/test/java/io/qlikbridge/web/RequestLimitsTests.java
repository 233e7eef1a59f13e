package io.qlikbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.TestHttp;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that are too much of something. Bodies are in {@link ProblemTests}. */
class RequestLimitsTests {

    private static final Product bridge = Product.shared();
    private static final TestHttp http = new TestHttp(URI.create(bridge.url()).getPort());
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
        assertThat(http.raw(request))
                .startsWith("HTTP/1.1 400")
                .contains("Connection: close")
                .contains("\"code\":\"invalid-request\"")
                .contains("too many or too long");
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
}
