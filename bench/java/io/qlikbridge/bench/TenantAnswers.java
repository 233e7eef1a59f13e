package io.qlikbridge.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the upstream answers, and how often it was asked for what. A session is for whoever comes; each API key has a token
 * of its own, as long as a tenant's.
 */
final class TenantAnswers {

    private static final int TOKEN_CHARACTERS = 600;

    private final ByteBuffer items;
    private final Map<String, Integer> calls = new TreeMap<>();
    private long latencyNanos;
    private long made;

    TenantAnswers(int port) {
        byte[] page = ItemsPage.of("http://127.0.0.1:" + port);
        ByteBuffer answer = json("200 OK", "", page);
        items = ByteBuffer.allocateDirect(answer.remaining()).put(answer).flip();
    }

    /** How long after a request its answer leaves. */
    long latencyNanos() {
        return latencyNanos;
    }

    ByteBuffer to(WholeRequest request) {
        if (request.path().startsWith("/bench/")) {
            return control(request.path());
        }
        calls.merge(
                request.method() + " " + request.path().replaceFirst("/api-keys/.*", "/api-keys/*"), 1, Integer::sum);
        return switch (request.path()) {
            case "/api/v1/items" -> items.duplicate();
            case "/login/jwt-session" -> session();
            case "/api/v1/api-keys" -> request.method().equals("POST") ? apiKey() : json("{\"data\":[],\"links\":{}}");
            case "/api/v1/users/me" ->
                json("{\"id\":\"u1\",\"tenantId\":\"t1\",\"subject\":\"bench\",\"status\":\"active\"}");
            default ->
                request.method().equals("DELETE")
                        ? bytes("HTTP/1.1 204 No Content\r\n\r\n")
                        : json("404 Not Found", "", "{\"errors\":[]}".getBytes(StandardCharsets.UTF_8));
        };
    }

    /** The harness's own wishes. */
    private ByteBuffer control(String path) {
        if (path.startsWith("/bench/latency/")) {
            latencyNanos = Duration.ofMillis(Long.parseLong(path.substring("/bench/latency/".length())))
                    .toNanos();
        }
        String counts = calls.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
                .collect(Collectors.joining(",", "{", "}"));
        if (path.equals("/bench/forget")) {
            calls.clear();
        }
        return json(counts);
    }

    private ByteBuffer session() {
        made++;
        return json(
                "200 OK",
                "Set-Cookie: eas.sid=s" + made + "; Path=/; HttpOnly; Secure\r\nSet-Cookie: _csrfToken=c" + made
                        + "; Path=/; Secure\r\n",
                "{}".getBytes(StandardCharsets.UTF_8));
    }

    private ByteBuffer apiKey() {
        made++;
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String token =
                "eyJ" + "k%011d".formatted(made).repeat(TOKEN_CHARACTERS / 12).substring(3);
        return json("201 Created", "", """
                {"id":"key-%d","tenantId":"t1","sub":"qlik-user-%d","subType":"user","description":"bench","status":"active",\
                "created":"%s","lastUpdated":"%s","createdByUser":"qlik-user-%d","expiry":"%s","token":"%s"}""".formatted(made, made, now, now, made, now.plus(Duration.ofDays(30)), token)
                .getBytes(StandardCharsets.UTF_8));
    }

    private static ByteBuffer json(String body) {
        return json("200 OK", "", body.getBytes(StandardCharsets.UTF_8));
    }

    private static ByteBuffer json(String status, String headers, byte[] body) {
        byte[] head = ("HTTP/1.1 " + status + "\r\nContent-Type: application/json; charset=utf-8\r\n" + headers
                        + "Content-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(head.length + body.length)
                .put(head)
                .put(body)
                .flip();
    }

    private static ByteBuffer bytes(String answer) {
        return ByteBuffer.wrap(answer.getBytes(StandardCharsets.ISO_8859_1));
    }
}
