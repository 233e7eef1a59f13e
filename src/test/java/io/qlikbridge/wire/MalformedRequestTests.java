package io.qlikbridge.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.qlikbridge.Door;
import io.qlikbridge.Product;
import io.qlikbridge.ThroughBothDoors;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.Charset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as people's tools send them by mistake: the answer names the cause, and nobody is sent elsewhere. */
@ThroughBothDoors
class MalformedRequestTests {

    private final Product product;

    MalformedRequestTests(Door door) {
        product = door.product();
    }

    /** A browser sends it as it is, and subjects have it. */
    @Test
    void queryMayHoldTheBarOfASubject() throws IOException {
        String answer =
                raw("GET /api/v1/users?query=hr|4711 HTTP/1.1\r\nAuthorization: Bearer " + product.adminToken());

        assertThat(answer).startsWith("HTTP/1.1 200");
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                arguments("GET /api/v1/users?query=a<b HTTP/1.1", "percent-encoded"),
                arguments("GET /api/v1/us|ers HTTP/1.1", "%7C"),
                arguments("GET /api/v1/users?query=J\u00fcrgen HTTP/1.1", "beyond ASCII"),
                arguments("GET /api/v1/users HTTP/1.1\r\nX-A: b\0c", "a control character"),
                arguments("GET /api/v1/users?query=J%FCrgen HTTP/1.1", "not UTF-8"),
                arguments("GET /api/v1/users?query=100% HTTP/1.1", "%25"));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void answerNamesWhatCannotBeRead(String head, String cause) throws IOException {
        String answer = raw(head + "\r\nAuthorization: Bearer " + product.adminToken());

        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .contains("\"invalid-request\"")
                .contains(cause);
    }

    @Test
    void answerComesWholeWhenTheRequestIsRefusedLongBeforeItsEnd() throws IOException {
        for (int i = 0; i < 200; i++) {
            assertThat(raw("GET /| HTTP/1.1\r\nX-A: " + "x".repeat(1_500))).startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void answerNamesTheLimitWhereHeadersAreTooLong() throws IOException {
        String answer = raw("GET /api/v1/users HTTP/1.1\r\nAuthorization: Bearer " + "x".repeat(20_000));

        assertThat(answer).startsWith("HTTP/1.1 400").contains("server.max-http-request-header-size");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "windows-1252"})
    void jsonInAnotherEncodingIsTold(String encoding) {
        Product.Answer answer = product.exchange(json("{\"username\": \"j\u00fcrgen\"}", Charset.forName(encoding)));

        answer.expectProblem(400, "invalid-request");
        assertThat(answer.detail()).contains("not UTF-8").contains("line 1");
    }

    @Test
    void jsonWhenItIsCutOffSaysThatItIsNoJson() {
        Product.Answer answer = product.exchange(json("{\"username\": \"ada", ISO_8859_1));

        answer.expectProblem(400, "invalid-request");
        assertThat(answer.detail()).contains("not JSON").doesNotContain("UTF-8");
    }

    private HttpRequest.Builder json(String body, Charset charset) {
        return product.request("/api/v1/users", product.adminToken())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.getBytes(charset)));
    }

    private String raw(String head) throws IOException {
        URI address = URI.create(product.url());
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write((head + "\r\nHost: " + address.getAuthority() + "\r\nConnection: close\r\n\r\n")
                            .getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}
