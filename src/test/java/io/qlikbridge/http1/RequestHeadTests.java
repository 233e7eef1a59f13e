package io.qlikbridge.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadTests {

    private static final String LINE = "GET /a?b=c HTTP/1.1\r\n";
    private static final String HOST = "Host: localhost\r\n";

    @Test
    void plainHeadIsRead() {
        RequestHead head = read(LINE + HOST + "X-A:  one \t\r\nx-a: two\r\nX-B:\r\n\r\n");

        assertThat(head).isNotNull();
        assertThat(head.method()).isEqualTo("GET");
        assertThat(head.target()).isEqualTo("/a?b=c");
        assertThat(head.framing().kind()).isEqualTo(Framing.Kind.NO_BODY);
        assertThat(head.headers().all("X-A")).containsExactly("one", "two");
        assertThat(head.headers().first("x-b")).isEmpty();
        assertThat(head.headers().first("X-C")).isNull();
        assertThat(head.headers().count("HOST")).isEqualTo(1);
        assertThat(head.headers().isAscii()).isTrue();
        assertThat(head.closes()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Length: 5, LENGTH, 5",
        "Content-Length: 0, NO_BODY, 0",
        "Content-Length: 999999999999999999, LENGTH, 999999999999999999",
        "Transfer-Encoding: chunked, CHUNKED, -1"
    })
    void bodyIsFramedInOneWay(String header, Framing.Kind kind, long length) {
        RequestHead head = read(LINE + HOST + header + "\r\n\r\n");

        assertThat(head).isNotNull();
        assertThat(head.framing()).isEqualTo(new Framing(kind, length));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: -1",
                "Content-Length: +1",
                "Content-Length: 1, 1",
                "Content-Length: 0x1",
                "Content-Length:",
                "Content-Length: 9999999999999999999",
                "Content-Length: 1\r\nContent-Length: 1",
                "Content-Length: 1\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: Chunked",
                "Transfer-Encoding: gzip, chunked",
                "Host: other",
                "X-A : a",
                "X A: a",
                ": a",
                "X-A",
                "X-A: a\r\n b",
                "X-A: a\0",
                "X-A: a\rb",
                "X-A: a\nX-B: b",
                "X-\u00e4: a"
            })
    void headThatCouldBeReadInTwoWaysIsNotRead(String header) {
        assertThat(read(LINE + HOST + header + "\r\n\r\n")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /a HTTP/1.0\r\n",
                "GET /a HTTP/1.1\n",
                "GET  /a HTTP/1.1\r\n",
                "GET /a  HTTP/1.1\r\n",
                "GET\t/a HTTP/1.1\r\n",
                "GET a HTTP/1.1\r\n",
                "get /a HTTP/1.1\r\n",
                "GET /a\u0001 HTTP/1.1\r\n",
                "GET /\u00e4 HTTP/1.1\r\n",
                "GET /a\r\n",
                " GET /a HTTP/1.1\r\n"
            })
    void firstLineThatIsWrittenInAnotherWayIsNotRead(String line) {
        assertThat(read(line + HOST + "\r\n")).isNull();
    }

    @Test
    void hundredHeadersAreReadAndNoMore() {
        assertThat(read(LINE + HOST + "X: a\r\n".repeat(99) + "\r\n")).isNotNull();
        assertThat(read(LINE + HOST + "X: a\r\n".repeat(100) + "\r\n")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"Connection: close | true", "Connection: a, CLOSE | true", "Connection: keep-alive | false"})
    void closeIsFoundAmongOthers(String header, boolean closes) {
        RequestHead head = read(LINE + HOST + header + "\r\n\r\n");

        assertThat(head).isNotNull();
        assertThat(head.closes()).isEqualTo(closes);
    }

    @Test
    void endOfAHeadIsFoundWhereverItIs() {
        for (int before = 0; before < 40; before++) {
            for (String end : new String[] {"\r\n\r\n", "\n\r\n\r\n", "\r\r\n\r\n", "a\r\n\r\n"}) {
                byte[] bytes = ("a".repeat(before) + end + "\r\n\r\nbehind").getBytes(ISO_8859_1);
                assertThat(Heads.end(bytes, 0, bytes.length)).isEqualTo(before + end.length());
            }
        }
        byte[] none = "\r\n\ra\r\n\n\r\n\r".getBytes(ISO_8859_1);
        assertThat(Heads.end(none, 0, none.length)).isEqualTo(-1);
    }

    private static RequestHead read(String text) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        return RequestHead.read(bytes, 0, bytes.length);
    }
}
