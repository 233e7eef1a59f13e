package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That an answer is not as the description says is noticed. */
class DescribedExchangeTests {

    private static final String JSON = "application/json";
    private static final String ME =
            "{\"kind\": \"client\", \"name\": \"admin\", \"scopes\": [], \"users\": [], \"connections\": []}";
    private static final String PROBLEM = """
            {"type": "urn:qlik-bridge:problem:%1$s", "title": "t", "status": 404, "detail": "d", "instance": "/", "code": "%1$s",
             "requestId": "r-1"}""";

    private static final String BRIDGE = Product.shared().url();

    @Test
    void answerAsDescribedPasses() {
        assertPasses(get("/api/v1/me"), 200, JSON, ME);
        assertPasses(get("/api/v1/nothing-here"), 404, "application/problem+json", PROBLEM.formatted("not-found"));
        assertPasses(
                get("/api/v1/connections/main"),
                404,
                "application/problem+json",
                PROBLEM.formatted("connection-not-found"));
        assertPasses(get("/api/v1/users?limit=10&after="), 200, JSON, "{\"items\": [], \"next\": null}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /api/v1/me                | 200 | application/json | {"kind": "client", "name": "a", "scopes": [], "users": [], "connections": [], "secret": "s"}
                    /api/v1/me                | 200 | application/json | {"kind": "client", "name": "a", "scopes": []}
                    /api/v1/me                | 200 | application/json | {"kind": "robot", "name": "a", "scopes": [], "users": [], "connections": []}
                    /api/v1/me                | 200 | application/json | {"kind": "client", "name": 7, "scopes": [], "users": [], "connections": []}
                    /api/v1/me                | 200 | text/html        | <p>admin</p>
                    /api/v1/me                | 200 | application/json | ''
                    /api/v1/me                | 204 | application/json | ''
                    /api/v1/nothing-here      | 200 | application/json | {}
                    /api/v1/nothing-here      | 404 | text/html        | <h1>Not found</h1>
                    /api/v1/users?limit=1000  | 200 | application/json | {"items": [], "next": null}
                    /api/v1/users?colour=blue | 200 | application/json | {"items": [], "next": null}
                    """)
    void answerThatIsNotAsDescribedIsFound(String path, int status, String type, String body) {
        assertFails(get(path), status, type, body);
    }

    @ParameterizedTest
    @CsvSource({"lease-not-found", "user-not-found", "anything-else"})
    void problemThatIsNotOfTheOperationIsFound(String code) {
        assertFails(get("/api/v1/connections/main"), 404, "application/problem+json", PROBLEM.formatted(code));
    }

    @Test
    void answerWithoutARequiredHeaderIsFound() {
        Map<String, List<String>> headers = new HashMap<>(Map.of("Content-Type", List.of(JSON)));
        DescribedExchange exchange = exchange(get("/api/v1/me"), 200, headers, ME);

        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> exchange.check(BRIDGE));
    }

    @Test
    void requestThatTheDescriptionForbidsIsFoundWhereTheBridgeTookIt() {
        HttpRequest request = HttpRequest.newBuilder(URI.create(BRIDGE + "/api/v1/leases/revoke"))
                .header("Content-Type", JSON)
                .POST(BodyPublishers.ofString("{\"subject\": \"hr|4711\"}"))
                .build();

        assertFails(request, 200, JSON, "{\"revoked\": 0, \"pending\": 0}");
    }

    private static HttpRequest get(String path) {
        return HttpRequest.newBuilder(URI.create(BRIDGE + path)).build();
    }

    private static void assertPasses(HttpRequest request, int status, String type, String body) {
        assertThatCode(() -> whole(request, status, type, body).check(BRIDGE)).doesNotThrowAnyException();
    }

    private static void assertFails(HttpRequest request, int status, String type, String body) {
        DescribedExchange exchange = whole(request, status, type, body);

        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> exchange.check(BRIDGE));
    }

    private static DescribedExchange whole(HttpRequest request, int status, String type, String body) {
        return exchange(request, status, Map.of("Content-Type", List.of(type), "X-Request-Id", List.of("r-1")), body);
    }

    private static DescribedExchange exchange(
            HttpRequest request, int status, Map<String, List<String>> headers, String body) {
        return new DescribedExchange(
                request, status, HttpHeaders.of(headers, (name, value) -> true), body.getBytes(StandardCharsets.UTF_8));
    }
}
