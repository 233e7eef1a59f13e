package io.qlikbridge.front;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Requests as bytes on the wire, and what RFC 9112 wants for them: the statuses of the answers, and whether the connection is closed
 * behind the last. Where the RFC leaves a choice, each is named.
 */
final class RawRequests {

    private static final String KEYS = "/oauth2/jwks";
    private static final String GET = "GET " + KEYS + " HTTP/1.1\r\nHost: localhost\r\n";
    private static final String LAST = "Connection: close\r\n\r\n";
    private static final String FORM = "grant_type=x";
    private static final String POST = "POST /oauth2/token HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";
    private static final String CHUNKS = "c\r\n" + FORM + "\r\n0\r\n\r\n";

    /** A request that nobody may find behind another one. */
    private static final String HIDDEN = "GET /hidden HTTP/1.1\r\nHost: localhost\r\n" + LAST;

    private static final String REFUSED = "400 closed";
    private static final String SERVED = "200 closed";

    /** No client is named, whatever the form says. */
    private static final String TOKEN = "40[01] closed";

    /** Where no version can be read, Tomcat answers in the form of HTTP/0.9, which has no status. */
    private static final String NO_VERSION = "((505|400) )?closed";

    private RawRequests() {}

    static Stream<Arguments> all() {
        return Stream.of(plain(), heads(), targets(), lengths(), codings(), chunks())
                .flatMap(one -> one);
    }

    private static Stream<Arguments> plain() {
        return Stream.of(
                arguments("plain", GET + LAST, SERVED),
                arguments("name of another case", "GET " + KEYS + " HTTP/1.1\r\nhOST: localhost\r\n" + LAST, SERVED),
                arguments(
                        "absolute form",
                        "GET http://localhost" + KEYS + " HTTP/1.1\r\nHost: localhost\r\n" + LAST,
                        SERVED),
                arguments("HTTP/1.0", "GET " + KEYS + " HTTP/1.0\r\n\r\n", SERVED),
                arguments(
                        "HTTP/1.0, kept alive",
                        "GET " + KEYS + " HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
                        "200( closed)?"),
                arguments("an empty line before", "\r\n" + GET + LAST, SERVED),
                arguments("blanks around a value", GET + "X-A: \t a \t \r\n" + LAST, SERVED),
                arguments("no blank before a value", GET + "X-A:a\r\n" + LAST, SERVED),
                arguments("a value of nothing", GET + "X-A:\r\n" + LAST, SERVED),
                arguments("lines that end with LF", (GET + LAST).replace("\r\n", "\n"), SERVED + "|" + REFUSED),
                arguments("HEAD", "HEAD /actuator/health/liveness HTTP/1.1\r\nHost: localhost\r\n" + LAST, SERVED),
                arguments("a length of zero", GET + "Content-Length: 0\r\n" + LAST, SERVED),
                arguments(
                        "a body with a length", POST + "Content-Length: 12\r\nConnection: close\r\n\r\n" + FORM, TOKEN),
                arguments("a body in chunks", POST + CHUNKED + "Connection: close\r\n\r\n" + CHUNKS, TOKEN),
                arguments("three at once", GET + "\r\n" + GET + "\r\n" + GET + LAST, "200 200 200 closed"),
                arguments(
                        "a body between two",
                        GET + "\r\n" + POST + "Content-Length: 12\r\n\r\n" + FORM + GET + LAST,
                        "200 40[01] 200 closed"),
                arguments(
                        "chunks between two",
                        GET + "\r\n" + POST + CHUNKED + "\r\n" + CHUNKS + GET + LAST,
                        "200 40[01] 200 closed"),
                arguments(
                        "a body that is waited for",
                        POST + "Expect: 100-continue\r\nContent-Length: 12\r\nConnection: close\r\n\r\n" + FORM,
                        "(100 )?" + TOKEN),
                arguments("an expectation nobody knows", GET + "Expect: miracles\r\n" + LAST, "(417|400) closed"));
    }

    private static Stream<Arguments> heads() {
        return Stream.of(
                arguments("no Host", "GET " + KEYS + " HTTP/1.1\r\n" + LAST, REFUSED),
                arguments("two Hosts", GET + "Host: localhost\r\n" + LAST, REFUSED),
                arguments("two Hosts that differ", GET + "Host: other\r\n" + LAST, REFUSED),
                arguments("a Host that is none", "GET " + KEYS + " HTTP/1.1\r\nHost: a b\r\n" + LAST, REFUSED),
                arguments("a Host with a path", "GET " + KEYS + " HTTP/1.1\r\nHost: a/b\r\n" + LAST, REFUSED),
                arguments("a blank before a colon", GET + "X-A : a\r\n" + LAST, REFUSED),
                arguments("a tab before a colon", GET + "X-A\t: a\r\n" + LAST, REFUSED),
                arguments("a blank in a name", GET + "X A: a\r\n" + LAST, REFUSED),
                arguments("a folded line", GET + "X-A: a\r\n b\r\n" + LAST, REFUSED + "|" + SERVED),
                arguments(
                        "a first line that is folded",
                        "GET " + KEYS + " HTTP/1.1\r\n Host: localhost\r\n" + LAST,
                        REFUSED),
                arguments("a line without a colon", GET + "X-A\r\n" + LAST, REFUSED),
                arguments("no name", GET + ": a\r\n" + LAST, REFUSED),
                arguments("NUL in a value", GET + "X-A: a\0b\r\n" + LAST, REFUSED),
                arguments("a control character in a value", GET + "X-A: a\u0001b\r\n" + LAST, REFUSED),
                arguments("a CR in a value", GET + "X-A: a\rb\r\n" + LAST, REFUSED),
                arguments("a control character in a name", GET + "X\u0001A: a\r\n" + LAST, REFUSED),
                arguments("a letter beyond ASCII in a name", GET + "X-\u00e4: a\r\n" + LAST, REFUSED),
                arguments(
                        "another protocol's version",
                        "GET " + KEYS + " HTTP/2.0\r\nHost: localhost\r\n" + LAST,
                        NO_VERSION),
                arguments(
                        "a version in small letters",
                        "GET " + KEYS + " http/1.1\r\nHost: localhost\r\n" + LAST,
                        NO_VERSION),
                arguments(
                        "a version of two digits",
                        "GET " + KEYS + " HTTP/1.10\r\nHost: localhost\r\n" + LAST,
                        NO_VERSION),
                arguments("no version", "GET " + KEYS + "\r\n\r\n", NO_VERSION),
                arguments("a preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", NO_VERSION),
                arguments(
                        "a method that is no token",
                        "G(T " + KEYS + " HTTP/1.1\r\nHost: localhost\r\n" + LAST,
                        "((400|501) )?closed"),
                arguments(
                        "a method nobody knows",
                        "BREW " + KEYS + " HTTP/1.1\r\nHost: localhost\r\n" + LAST,
                        "(400|405|501) closed"),
                arguments(
                        "CONNECT",
                        "CONNECT localhost:443 HTTP/1.1\r\nHost: localhost:443\r\n" + LAST,
                        "(400|405|501) closed"),
                arguments(
                        "a head that is too long",
                        GET + "X-A: " + "a".repeat(9_000) + "\r\n" + LAST,
                        "(431|400) closed"),
                arguments("too many headers", GET + "X-A: a\r\n".repeat(120) + LAST, "(431|400) closed"),
                arguments(
                        "TLS on a port without",
                        "\u0016\u0003\u0001\u0000\u0005\u0001\u0000\u0000\u0001\u0000\r\n\r\n",
                        REFUSED));
    }

    private static Stream<Arguments> targets() {
        return Stream.of(
                arguments("no slash", "GET foo HTTP/1.1\r\nHost: localhost\r\n" + LAST, REFUSED),
                arguments("a control character", "GET /a\u0001 HTTP/1.1\r\nHost: localhost\r\n" + LAST, REFUSED),
                arguments("NUL", "GET /a\0 HTTP/1.1\r\nHost: localhost\r\n" + LAST, REFUSED),
                arguments("an encoded NUL", "GET /a%00 HTTP/1.1\r\nHost: localhost\r\n" + LAST, REFUSED),
                arguments("a letter beyond ASCII", "GET /\u00e4 HTTP/1.1\r\nHost: localhost\r\n" + LAST, REFUSED),
                arguments("a fragment", "GET " + KEYS + "#a HTTP/1.1\r\nHost: localhost\r\n" + LAST, REFUSED),
                arguments("a backslash", "GET /a\\b HTTP/1.1\r\nHost: localhost\r\n" + LAST, REFUSED),
                arguments("an encoded slash", "GET /a%2fb HTTP/1.1\r\nHost: localhost\r\n" + LAST, REFUSED),
                arguments("a CR", "GET /a\rb HTTP/1.1\r\nHost: localhost\r\n" + LAST, REFUSED));
    }

    private static Stream<Arguments> lengths() {
        return Stream.of("-1", "+12", "0x0c", "12 12", "12, 12", "99999999999999999999", "1e1", "", "a", "12;")
                .map(length -> arguments(
                        "a length of \"" + length + "\"",
                        POST + "Content-Length: " + length + "\r\n\r\n" + FORM + HIDDEN,
                        REFUSED));
    }

    private static Stream<Arguments> codings() {
        String both = "Content-Length: 4\r\n";
        return Stream.of(
                arguments(
                        "two lengths",
                        POST + "Content-Length: 12\r\nContent-Length: 12\r\n\r\n" + FORM + HIDDEN,
                        REFUSED),
                arguments(
                        "two lengths that differ",
                        POST + "Content-Length: 12\r\nContent-Length: 4\r\n\r\n" + FORM + HIDDEN,
                        REFUSED),
                arguments(
                        "a length and chunks", POST + both + CHUNKED + "\r\n" + CHUNKS + HIDDEN, REFUSED + "|" + TOKEN),
                arguments(
                        "chunks and a length", POST + CHUNKED + both + "\r\n" + CHUNKS + HIDDEN, REFUSED + "|" + TOKEN),
                arguments(
                        "chunked in capitals",
                        POST + "Transfer-Encoding: CHUNKED\r\nConnection: close\r\n\r\n" + CHUNKS,
                        TOKEN),
                arguments(
                        "chunked twice",
                        POST + "Transfer-Encoding: chunked, chunked\r\n\r\n" + CHUNKS + HIDDEN,
                        "(400|501) closed"),
                arguments("two codings", POST + CHUNKED + CHUNKED + "\r\n" + CHUNKS + HIDDEN, "(400|501) closed"),
                arguments("identity", POST + "Transfer-Encoding: identity\r\n\r\n" + HIDDEN, "(400|501) closed"),
                arguments(
                        "gzip in chunks",
                        POST + "Transfer-Encoding: gzip, chunked\r\n\r\n" + CHUNKS + HIDDEN,
                        "(400|501) closed"),
                arguments(
                        "chunks in gzip",
                        POST + "Transfer-Encoding: chunked, gzip\r\n\r\n" + CHUNKS + HIDDEN,
                        "(400|501) closed"),
                arguments(
                        "chunked and identity",
                        POST + CHUNKED + "Transfer-Encoding: identity\r\n\r\n" + CHUNKS + HIDDEN,
                        "(400|501) closed"),
                arguments(
                        "a coding nobody knows",
                        POST + "Transfer-Encoding: xchunked\r\n\r\n" + CHUNKS + HIDDEN,
                        "(400|501) closed"),
                arguments(
                        "a coding behind a control character",
                        POST + "Transfer-Encoding: \u000bchunked\r\n\r\n" + CHUNKS + HIDDEN,
                        REFUSED),
                arguments(
                        "a coding with a blank before its colon",
                        POST + "Transfer-Encoding : chunked\r\n" + both + "\r\n" + CHUNKS + HIDDEN,
                        REFUSED),
                arguments(
                        "a coding in quotes",
                        POST + "Transfer-Encoding: \"chunked\"\r\n\r\n" + CHUNKS + HIDDEN,
                        "(400|501) closed"),
                arguments(
                        "a coding on a folded line",
                        POST + "Transfer-Encoding:\r\n chunked\r\n\r\n" + CHUNKS,
                        REFUSED + "|" + TOKEN + "|40[01]"),
                arguments(
                        "a coding in HTTP/1.0",
                        (POST + CHUNKED + "\r\n").replace("HTTP/1.1", "HTTP/1.0") + CHUNKS + HIDDEN,
                        REFUSED + "|" + TOKEN));
    }

    private static Stream<Arguments> chunks() {
        String begin = POST + CHUNKED + "\r\n";
        String good = POST + CHUNKED + "Connection: close\r\n\r\n";
        return Stream.of(
                arguments("capital digits", good + "C\r\n" + FORM + "\r\n0\r\n\r\n", TOKEN),
                arguments("zeros before a size", good + "000c\r\n" + FORM + "\r\n000\r\n\r\n", TOKEN),
                arguments("an extension", good + "c;a=b\r\n" + FORM + "\r\n0;c\r\n\r\n", TOKEN),
                arguments("a trailer", good + "c\r\n" + FORM + "\r\n0\r\nX-A: a\r\n\r\n", TOKEN),
                arguments("a negative size", begin + "-c\r\n" + FORM + "\r\n0\r\n\r\n" + HIDDEN, REFUSED),
                arguments("a size with a prefix", begin + "0xc\r\n" + FORM + "\r\n0\r\n\r\n" + HIDDEN, REFUSED),
                arguments("no size", begin + "\r\n" + FORM + "\r\n0\r\n\r\n" + HIDDEN, REFUSED),
                arguments("a blank before a size", begin + " c\r\n" + FORM + "\r\n0\r\n\r\n" + HIDDEN, REFUSED),
                arguments(
                        "a size beyond all",
                        begin + "fffffffffffffffff\r\n" + FORM + "\r\n0\r\n\r\n" + HIDDEN,
                        REFUSED),
                arguments("a size that is no number", begin + "g\r\n" + FORM + "\r\n0\r\n\r\n" + HIDDEN, REFUSED),
                arguments("more than the size", begin + "4\r\n" + FORM + "\r\n0\r\n\r\n" + HIDDEN, REFUSED),
                arguments("no end of a chunk", begin + "c\r\n" + FORM + "0\r\n\r\n" + HIDDEN, REFUSED),
                arguments("another end of a chunk", begin + "c\r\n" + FORM + "XX0\r\n\r\n" + HIDDEN, REFUSED));
    }
}
