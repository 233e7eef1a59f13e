package io.qlikbridge.failure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonValue;
import io.qlikbridge.LogLines;
import io.qlikbridge.TestDatabase;
import io.qlikbridge.TestHttp;
import io.qlikbridge.TestHttp.Answer;
import io.qlikbridge.paging.PageQuery;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.problem.UpstreamAnswer;
import io.qlikbridge.problem.Violations;
import io.qlikbridge.username.Username;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import tools.jackson.databind.JsonNode;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"bridge.access.admin-secret=probe-secret", "bridge.web.max-body-at.[/probe/large]=3MB"})
@ContextConfiguration(initializers = TestDatabase.class)
@Import({ProblemTests.Probe.class, ProblemTests.UploadProbe.class})
@ResourceLock(Resources.SYSTEM_OUT)
class ProblemTests {

    private static final String SECRET = "do-not-repeat-me";

    /** An address that takes uploads. */
    private static final String UPLOADS = "/api/v1/connections/probe/signing-keys";

    @LocalServerPort
    private int port;

    private TestHttp http;

    @BeforeEach
    void connect() {
        http = new TestHttp(port);
    }

    @Test
    void answerWhenTenantRefusesHasExactlyTheMembersOfTheContract() {
        Answer answer = http.get("/probe/upstream?x=1", null, "X-Request-Id", "job-7");

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("X-Request-Id")).isEqualTo("job-7");
        assertThat(answer.json()).isEqualTo(new tools.jackson.databind.json.JsonMapper().readTree("""
                        {"type": "urn:qlik-bridge:problem:assertion-refused", "title": "The tenant refused the assertion",
                         "status": 502, "detail": "Compare the issuer.", "instance": "/probe/upstream",
                         "code": "assertion-refused", "requestId": "job-7",
                         "upstream": {"step": "jwt-session", "status": 401, "code": "INTERNAL-TOKEN-3",
                                      "traceId": "0af7"}}
                        """));
    }

    @Test
    void answerWhenSeveralThingsAreWrongListsThem() {
        JsonNode problem = http.get("/probe/violations", null).json();

        assertThat(problem.get("status").asInt()).isEqualTo(400);
        assertThat(problem.get("errors").toString())
                .isEqualTo("[{\"pointer\":\"#/a\",\"detail\":\"is one\"},{\"pointer\":\"#/b\",\"detail\":\"is two\"}]");
        assertThat(problem.has("upstream")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 1", "PT0.2S, 1", "PT1S, 1", "PT1.001S, 2", "PT90S, 90"})
    void answerWhenRetryIsWorthItSaysWhenInWholeSecondsRoundedUp(Duration after, String seconds) {
        Answer answer = http.get("/probe/retry?after=" + after, null);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/xml", "text/csv;q=0.1", "nonsense"})
    void answerWhenCallerAcceptsSomethingElseIsAProblemAnyway(String accept) {
        assertProblem(http.get("/probe/upstream", null, "Accept", accept), 502, "assertion-refused");
        assertProblem(http.get("/nowhere", null, "Accept", accept), 404, "not-found");
        assertProblem(http.get("/api/v1/me", null, "Accept", accept), 401, "unauthenticated");
    }

    @Test
    void answerWhenMethodIsHeadHasStatusAndNoBody() {
        Answer answer = http.send("HEAD", "/probe/upstream", null, null);

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"user\": \"" + SECRET + "\"                     | The body is not JSON (line 1",
                "{\"user\": " + SECRET + "}                        | The body is not JSON (line 1",
                "{\"user\": \"a\"} " + SECRET + "                  | The body is not JSON (line 1",
                "{\"user\": \"a\"} {}                              | The body goes on behind its JSON value",
                "{\"user\": \"a\", \"user\": \"b\"}                | The body is not JSON",
                "''                                                | The request needs a body",
                "'  '                                              | The request needs a body",
                "null                                              | The request needs a body",
            })
    void answerWhenBodyIsNotJsonSaysWhereWithoutRepeatingIt(String body, String detail) {
        Answer answer = http.post("/probe/body", null, body);

        assertProblem(answer, 400, "invalid-request");
        assertThat(answer.detail()).startsWith(detail);
        assertThat(answer.body()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"usr\": \"a\"}                         | #/usr          | is not known here. Known are: colour, count, flag, inner, list, user, when",
                "{\"inner\": {\"a/b\": 1}}                | #/inner/a~1b   | is not known here. Known are: deep, id",
                "{\"count\": \"do-not-repeat-me\"}        | #/count        | is a whole number",
                "{\"flag\": {\"at\": 1}}                  | #/flag/up      | is missing; it is true or false",
                "{\"count\": {}}                          | #/count        | is a whole number",
                "{\"colour\": \"do-not-repeat-me\"}       | #/colour       | is one of: light-red, blue",
                "{\"user\": \" do-not-repeat-me\"}        | #/user         | A username has no blanks at its ends",
                "{\"user\": []}                           | #/user         | is a text",
                "{\"list\": [{\"id\": \"do-not-repeat-me\"}]} | #/list/0/id | is a UUID",
                "{\"list\": {}}                           | #/list         | is a list",
                "{\"inner\": \"do-not-repeat-me\"}        | #/inner        | is an object",
                "{\"when\": \"do-not-repeat-me\"}         | #/when         | is an instant in UTC (ISO 8601), such as 2026-01-02T03:04:05Z",
                "{\"inner\": {\"deep\": \"refuse\"}}      | #/inner/deep   | cannot be deep",
                "[]                                       | #              | is an object",
            })
    void answerWhenAPropertyIsWrongPointsAtIt(String body, String pointer, String detail) {
        Answer answer = http.post("/probe/body", null, body);

        assertProblem(answer, 400, "invalid-request");
        assertThat(answer.json().get("errors").get(0).get("pointer").asString()).isEqualTo(pointer);
        assertThat(answer.json().get("errors").get(0).get("detail").asString()).isEqualTo(detail);
        assertThat(answer.detail()).isEqualTo(pointer + ": " + detail);
        assertThat(answer.body()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/probe/parameters                          | name   | is missing",
                "/probe/parameters?name=%20do-not-repeat-me | name   | A username has no blanks at its ends",
                "/probe/parameters?name=a&count=do-not-repeat-me | count | is a whole number",
                "/probe/parameters?name=a&colour=do-not-repeat-me | colour | is one of: light-red, blue",
                "/probe/parameters?name=a&lasts=do-not-repeat-me | lasts | is a duration (ISO 8601), such as PT2H",
                "/probe/path/do-not-repeat-me               | id     | is a UUID",
                "/probe/page?limit=do-not-repeat-me         | limit  | is a whole number",
                "/probe/page?limit=201                      | limit  | is 1 to 200",
                "/probe/page?after=do-not-repeat-me!        | after  | is not a cursor of this list; send \"next\" of the page before",
            })
    void answerWhenAParameterIsWrongNamesIt(String path, String pointer, String detail) {
        Answer answer = http.get(path, null);

        assertProblem(answer, 400, "invalid-request");
        assertThat(answer.json().get("errors").get(0).get("pointer").asString()).isEqualTo(pointer);
        assertThat(answer.json().get("errors").get(0).get("detail").asString()).isEqualTo(detail);
        assertThat(answer.json().get("detail").asString()
                        + answer.json().get("errors").toString())
                .doesNotContain(SECRET);
    }

    @Test
    void answerWhenMethodIsWrongSaysWhichIsRight() {
        Answer answer = http.delete("/probe/body", null);

        assertProblem(answer, 405, "method-not-allowed");
        assertThat(answer.header("Allow")).isEqualTo("POST");
        assertThat(answer.detail()).contains("POST").contains("DELETE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "DELETE", "PATCH"})
    void answerWhenNothingIsThereIsNotFoundForAnyMethod(String method) {
        assertProblem(http.send(method, "/nowhere", null, null), 404, "not-found");
        assertProblem(http.send(method, "/error", null, null), 404, "not-found");
        assertProblem(http.send(method, "/", null, null), 404, "not-found");
    }

    @Test
    void answerWhenBodyHasAnotherFormSaysWhichIsTaken() {
        Answer answer = http.send("POST", "/probe/body", null, "user=a", "Content-Type", "text/plain");

        assertProblem(answer, 415, "unsupported-media-type");
        assertThat(answer.header("Accept")).contains("application/json");
        assertThat(answer.detail()).contains("application/json");
        assertProblem(
                http.send("POST", "/probe/body", null, "{}", "Content-Type", "junk"), 415, "unsupported-media-type");
    }

    @Test
    void answerWhenCallerAcceptsNoneOfTheFormsSaysWhichThereAre() {
        Answer answer = http.get("/probe/json", null, "Accept", "text/html");

        assertProblem(answer, 406, "not-acceptable");
        assertThat(answer.detail()).contains("application/json");
    }

    @Test
    void answerWhenBodyAnnouncesTooMuchIsTooLarge() {
        Answer answer = http.post("/probe/body", null, "{\"user\": \"" + "a".repeat(1_100_000) + "\"}");

        assertProblem(answer, 413, "content-too-large");
        assertThat(answer.detail()).contains("8 KB");
    }

    @Test
    void answerWhenBodyTurnsOutTooLargeWhileReadIsTooLarge() {
        byte[] large = ("{\"user\": \"" + "a".repeat(1_100_000) + "\"}").getBytes(StandardCharsets.UTF_8);

        Answer json = chunked("/probe/body", "application/json", large);
        Answer text = chunked("/probe/text", "text/plain", large);

        assertProblem(json, 413, "content-too-large");
        assertProblem(text, 413, "content-too-large");
    }

    @Test
    void answerWhenAPathAllowsLargerBodiesTakesThem() {
        byte[] large = "a".repeat(2_000_000).getBytes(StandardCharsets.UTF_8);

        assertThat(chunked("/probe/large", "text/plain", large).body()).isEqualTo("2000000");
        assertThat(http.send("POST", "/probe/large", null, "a".repeat(2_000_000), "Content-Type", "text/plain")
                        .body())
                .isEqualTo("2000000");
    }

    @Test
    void answerWhenUploadIsTooLargeIsTooLarge() {
        assertProblem(upload("a".repeat(5_000_000)), 413, "content-too-large");
        assertThat(upload("abc").body()).isEqualTo("3");
    }

    @Test
    void answerWhenUploadHasNoSuchPartNamesIt() {
        String body = "--x\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\n1\r\n--x--\r\n";

        Answer answer = http.send("POST", UPLOADS, admin(), body, "Content-Type", "multipart/form-data; boundary=x");

        assertProblem(answer, 400, "invalid-request");
        assertThat(answer.json().get("errors").get(0).get("pointer").asString()).isEqualTo("file");
        assertProblem(
                http.send("POST", UPLOADS, admin(), "junk", "Content-Type", "multipart/form-data"),
                400,
                "invalid-request");
    }

    @Test
    void answerWhenDatabaseRefusesIsAConflictWithoutItsWords() {
        assertProblem(http.get("/probe/throw/optimistic", null), 409, "conflict");
        assertProblem(http.get("/probe/throw/integrity", null), 409, "conflict");
    }

    @Test
    void answerWhenDatabaseIsAwaySaysToComeBack(LogLines log) {
        Answer answer = http.get("/probe/throw/database", null, "X-Request-Id", "no-database");

        assertProblem(answer, 503, "too-busy");
        assertThat(answer.header("Retry-After")).isEqualTo("2");
        assertThat(answer.body()).doesNotContain(SECRET);
        assertThat(log.all()).contains("Request no-database found the database busy or away");
    }

    @ParameterizedTest
    @ValueSource(strings = {"argument", "error", "io", "sql"})
    void answerWhenSomethingUnforeseenHappensTellsTheRequestIdAlone(String kind, LogLines log) {
        Answer answer = http.get("/probe/throw/" + kind, null, "X-Request-Id", "lost-" + kind);

        assertProblem(answer, 500, "internal");
        assertThat(answer.detail()).contains("lost-" + kind);
        assertThat(answer.body()).doesNotContain(SECRET);
        assertThat(log.all()).containsOnlyOnce("Request lost-" + kind + " failed");
    }

    @Test
    void answerWhenAnErrorIsSentInsteadOfThrownIsAProblem() {
        Answer answer = http.get("/probe/send?status=400", null, "X-Request-Id", "sent-1");

        assertProblem(answer, 400, "invalid-request");
        assertThat(answer.json().get("instance").asString()).isEqualTo("/probe/send");
        assertThat(answer.header("X-Request-Id")).isEqualTo("sent-1");
        assertThat(answer.json().get("requestId").asString()).isEqualTo("sent-1");
        assertProblem(http.get("/probe/send?status=500", null), 500, "internal");
    }

    @Test
    void answerWhenItBreaksOnTheWayIsNotMadeToLookWhole() {
        String answer = http.raw("GET /probe/broken HTTP/1.1\r\nHost: localhost\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .doesNotContain("0\r\n\r\n")
                .doesNotContain("problem");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /a|b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /a%2Fb HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /a%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET //api/v1/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /api/v1/me;a=b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /api/../api/v1/me HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n",
                "FOO /api/v1/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
            })
    void answerWhenRequestIsMalformedShowsNeitherPageNorServer(String request) {
        assertNoPage(http.raw(request), "HTTP/1.1 400");
    }

    @Test
    void answerWhenHeadersAreTooLargeShowsNeitherPageNorServer() {
        String answer = http.raw(
                "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX: " + "a".repeat(20_000) + "\r\n\r\n");

        assertNoPage(answer, "HTTP/1.1 4");
    }

    @ParameterizedTest
    @CsvSource({"//, 400", "/a;b, 400"})
    void answerWhenFirewallRefusesIsAProblem(String path, int status) {
        String answer = http.raw("GET /x" + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 " + status).contains("\"code\":\"invalid-request\"");
    }

    @Test
    void requestIdWhenNoneIsSentIsMade() {
        String first = http.get("/nowhere", null).header("X-Request-Id");
        String second = http.get("/nowhere", null).header("X-Request-Id");

        assertThat(first).isNotBlank().isNotEqualTo(second);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a b", "a\tb", "<script>", "ä", "x123456789x123456789x123456789x123456789x123456789x1234567"})
    void requestIdWhenNotSaneIsReplaced(String sent) {
        String id = http.get("/nowhere", null, "X-Request-Id", sent.length() > 40 ? sent.repeat(2) : sent)
                .header("X-Request-Id");

        assertThat(id).isNotBlank().doesNotContain(sent).matches("[0-9a-f-]{36}");
    }

    @Test
    void requestIdIsOnEveryAnswer() {
        for (String path : List.of("/oauth2/jwks", "/api/v1/me", "/actuator/health", "/probe/json", "/error")) {
            assertThat(http.get(path, null, "X-Request-Id", "here.1").header("X-Request-Id"))
                    .as(path)
                    .isEqualTo("here.1");
        }
        assertThat(http.tokenRequest(null, null, "").header("X-Request-Id")).isNotBlank();
        assertThat(http.tokenRequest("admin", "probe-secret", "grant_type=client_credentials")
                        .header("X-Request-Id"))
                .isNotBlank();
    }

    @Test
    void everyCodeHasAStatusOfItsKind() {
        for (ProblemCode code : ProblemCode.values()) {
            assertThat(ProblemAnswers.statusOf(code).isError())
                    .as(code.name().toLowerCase(Locale.ROOT))
                    .isTrue();
        }
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("code").asString()).isEqualTo(code);
        assertThat(problem.get("type").asString()).isEqualTo("urn:qlik-bridge:problem:" + code);
        assertThat(problem.get("title").asString()).isNotBlank();
        assertThat(problem.get("detail").asString()).isNotBlank();
        assertThat(problem.get("instance").asString()).startsWith("/");
        assertThat(problem.get("requestId").asString()).isEqualTo(answer.header("X-Request-Id"));
        assertThat(problem.propertyNames())
                .isSubsetOf("type", "title", "status", "detail", "instance", "code", "requestId", "upstream", "errors");
    }

    private static void assertNoPage(String answer, String start) {
        assertThat(answer).startsWith(start);
        assertThat(answer.toLowerCase(Locale.ROOT))
                .doesNotContain("<html")
                .doesNotContain("tomcat")
                .doesNotContain("exception");
        if (answer.contains("Content-Type")) {
            assertThat(answer).contains("application/problem+json").contains("\"requestId\"");
        }
    }

    private Answer chunked(String path, String type, byte[] body) {
        return http.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofByteArray(body)))
                .build());
    }

    private String admin() {
        return http.token("admin", "probe-secret");
    }

    private Answer upload(String content) {
        String body = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n" + content
                + "\r\n--x--\r\n";
        return http.send("POST", UPLOADS, admin(), body, "Content-Type", "multipart/form-data; boundary=x");
    }

    enum Colour {
        LIGHT_RED("light-red"),
        BLUE("blue");

        private final String value;

        Colour(String value) {
            this.value = value;
        }

        @JsonValue
        String value() {
            return value;
        }
    }

    record Inner(UUID id, Deep deep) {}

    record Flag(boolean up, int at) {}

    record Deep(@JsonValue String value) {

        @com.fasterxml.jackson.annotation.JsonCreator
        Deep {
            if (value.equals("refuse")) {
                throw new BridgeException(ProblemCode.INVALID_REQUEST, "cannot be deep");
            }
        }
    }

    record Body(Username user, Integer count, Flag flag, Colour colour, Inner inner, List<Inner> list, Instant when) {}

    @RestController
    static class UploadProbe {

        @PostMapping(UPLOADS)
        long upload(@RequestParam MultipartFile file) {
            return file.getSize();
        }
    }

    @RestController
    @RequestMapping("/probe")
    static class Probe {

        @GetMapping("/upstream")
        void upstream() {
            throw new BridgeException(
                    ProblemCode.ASSERTION_REFUSED,
                    "Compare the issuer.",
                    new UpstreamAnswer("jwt-session", 401, "INTERNAL-TOKEN-3", null, "0af7"),
                    null,
                    null);
        }

        @GetMapping("/violations")
        void violations() {
            Violations violations = new Violations();
            violations.require(false, "#/a", "is one");
            violations.require(false, "#/b", "is two");
            violations.throwIfAny();
        }

        @GetMapping("/retry")
        void retry(@RequestParam Duration after) {
            throw new BridgeException(ProblemCode.TOO_BUSY, "Later.", null, after, null);
        }

        @PostMapping("/body")
        Body body(@RequestBody Body body) {
            return body;
        }

        @PostMapping("/text")
        int text(@RequestBody String body) {
            return body.length();
        }

        @PostMapping("/large")
        int large(@RequestBody String body) {
            return body.length();
        }

        @GetMapping("/parameters")
        void parameters(
                @RequestParam Username name,
                @RequestParam(required = false) Integer count,
                @RequestParam(required = false) Colour colour,
                @RequestParam(required = false) Duration lasts) {}

        @GetMapping("/path/{id}")
        void path(@PathVariable UUID id) {}

        @GetMapping("/page")
        int page(PageQuery query) {
            query.key();
            return query.size();
        }

        @GetMapping(path = "/json", produces = "application/json")
        String json() {
            return "{}";
        }

        @GetMapping("/send")
        void send(@RequestParam int status, HttpServletResponse response) throws IOException {
            response.sendError(status, SECRET);
        }

        @GetMapping("/broken")
        void broken(HttpServletResponse response) throws IOException {
            response.getOutputStream().print("half");
            response.flushBuffer();
            throw new IllegalStateException("broken");
        }

        @GetMapping("/throw/{kind}")
        void fail(@PathVariable String kind, HttpServletRequest request) throws Exception {
            throw switch (kind) {
                case "optimistic" -> new OptimisticLockingFailureException(SECRET);
                case "integrity" -> new DataIntegrityViolationException(SECRET);
                case "database" -> new DataAccessResourceFailureException(SECRET);
                case "argument" -> new IllegalArgumentException(SECRET);
                case "io" -> new IOException(SECRET);
                case "sql" -> new java.sql.SQLException(SECRET);
                default -> throw new AssertionError(SECRET);
            };
        }
    }
}
