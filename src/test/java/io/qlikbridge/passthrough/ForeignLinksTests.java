package io.qlikbridge.passthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.qlikbridge.Product;
import io.qlikbridge.Product.Answer;
import io.qlikbridge.simulator.SimulatedTenant;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A tenant that wants a caller's bridge token: whatever it writes, no link in what passes leads away from it. */
class ForeignLinksTests {

    private static final Product bridge = Product.shared();
    private static final String ITEMS = "/api/v1/items";

    /** As they stand in JSON: of each, a browser or somebody's parser makes an address elsewhere. */
    private static final List<String> LINKS = List.of(
            "https://thief.example/x",
            "http://thief.example/x",
            "HTTPS://THIEF.EXAMPLE/x",
            "hTTp:thief.example/api/v1/x",
            "https:thief.example/x",
            "https:/thief.example/api/v1/x",
            "http:/thief.example/api/v1/x",
            "https:///thief.example/api/v1/x",
            "https:////thief.example/x",
            "https:\\\\thief.example\\\\x",
            "https:\\\\\\\\thief.example\\\\api\\\\x",
            "https:/\\\\thief.example/api/v1/x",
            "https:\\\\/thief.example/api/v1/x",
            "https:\\/\\/thief.example\\/x",
            "\\u0068ttps://thief.example/x",
            "https\\u003a//thief.example/x",
            "https:\\u002f\\u002Fthief.example/x",
            "\\u0068\\u0074\\u0074\\u0070\\u0073\\u003a\\u002f\\u002f\\u0074hief.example",
            " https://thief.example/x",
            "\\u0020\\u0020https://thief.example/x",
            "\\u0000https://thief.example/x",
            "\\u001f\\u0001https://thief.example/x",
            "\\thttps://thief.example/x",
            "\\nhttps://thief.example/api/v1/x",
            "ht\\ttps://thief.example/api/v1/x",
            "https\\r://thief.example/api/v1/x",
            "https:\\n//thief.example/api/v1/x",
            "https:/\\t/thief.example/api/v1/x",
            "https://thief\\n.example/x",
            "//thief.example/x",
            "///thief.example/api/v1/x",
            "////thief.example/x",
            "\\/\\/thief.example/x",
            "/\\\\thief.example/x",
            "\\\\/thief.example/x",
            "\\\\\\\\thief.example/x",
            "/\\t/thief.example/x",
            "/\\n\\\\thief.example/x",
            " //thief.example/x",
            "\\u0009\\u002f\\u002fthief.example",
            "https://bridge.example.org@thief.example/x",
            "https://me:secret@thief.example/x",
            "https://127.0.0.1@thief.example/x",
            "https://127.0.0.1\\\\@thief.example/x",
            "https://thief.example\\\\.127.0.0.1/x",
            "https://thief.example:443/x",
            "https://thief.example:8443/x",
            "https://thief.example?/api/v1/x",
            "https://thief.example#/api/v1/x",
            "https://thief.example",
            "https://thief.example./x",
            "https://%74hief.example/x",
            "https://th%69ef.example/x",
            "https://\uff54\uff48\uff49\uff45\uff46.example/x",
            "https://thief\u3002example/x",
            "https://xn--thef-w9a.example/x",
            "https://[::ffff:203.0.113.7]/x",
            "https://3405803783/x",
            "https://0xcb.0x0.0x71.7/x",
            "javascript:fetch('//thief.example')",
            "java\\nscript:alert(1)",
            "data:application/json,{}",
            "blob:https://thief.example/1",
            "filesystem:https://thief.example/x",
            "ftp://thief.example/x",
            "file:///etc/passwd",
            "file:/etc/passwd",
            "ws://thief.example/x",
            "wss://thief.example/x",
            "view-source:https://thief.example/x",
            "mailto:me@thief.example",
            "urn:thief:x",
            "x-thief://thief.example/api/v1/x",
            "/../../../api/v1/clients",
            "../../../../oauth2/token",
            "..",
            "../../../other/api/v1/items",
            "/..%2f..%2fother/api/v1/items",
            "/%2e%2e/other/api/v1/items",
            "/%2E./%2e%2E/other/api/v1/items",
            "/.%2e/other",
            "/x/..\\\\../../../api/v1/me",
            "/..\\t/../api/v1/me",
            "/.\\n./other/x",
            "/..%5c..%5cother",
            "https://thief.example/api/v1/../../../other/api/v1/items",
            "https://thief.example/api/%2e%2e/%2e%2e/%2e%2e/api/v1/clients",
            "https://thief.example/api/..%2f..%2f..%2fother",
            "\\u002e\\u002e\\u002f\\u002e\\u002e/\\u002e./x",
            "./../../../../../x");

    /** Where a link may stand; {@code @} is the link. */
    private static final List<String> PLACES = List.of(
            "{\"data\":[],\"links\":{\"next\":{\"href\":\"@\"},\"prev\":{\"href\":\"@\"}}}",
            "\ufeff{\"l\\u0069nks\":{\"next\":{\"hr\\u0065f\":\"@\"}}}",
            "{\"links\":{\"next\":{\"href\":\"?a\",\"href\":\"@\"}},\"links\":{\"next\":{\"href\":\"@\"}}}",
            "{\"data\":[{\"x\":{\"links\":[[\"@\",{\"href\":[\"@\"]}],{\"rel\":\"next\",\"href\":\"@\"}]}}]}",
            "{\"links\":\"@\",\"_links\":{\"next\":\"@\"},\"next\":{\"href\":\"@\"},\"Links\":{\"NEXT\":{\"HREF\":\"@\"}}}");

    private static SimulatedTenant tenant;
    private static String connection;
    private static String token;
    private static volatile ResponseDefinitionBuilder answer = new ResponseDefinitionBuilder();

    @BeforeAll
    static void start() {
        tenant = SimulatedTenant.start();
        connection = bridge.connectTo(tenant);
        token = bridge.client(new String[] {"bridge.apps"}, bridge.user(connection, "links|ada"));
        tenant.before(request ->
                request.getUrl().startsWith(ITEMS) || request.getUrl().startsWith("/resources/autogenerated")
                        ? Optional.of(answer.build())
                        : Optional.empty());
    }

    @AfterAll
    static void stop() {
        tenant.close();
    }

    @Test
    void linkHoweverItIsSpelledLeadsNowhereElse() throws Exception {
        List<Map<String, String>> sent = new ArrayList<>();
        List<Map<String, String>> passed = new ArrayList<>();
        for (int at = 0; at < LINKS.size(); at++) {
            String body = PLACES.get(at % PLACES.size()).replace("@", LINKS.get(at));
            sent.add(document(body));
            passed.add(document(passed(at % 3 == 0 ? "text/plain" : "application/json", body)
                    .text()));
        }
        for (String place : PLACES) {
            passed.add(document(passed("application/json", place.replace("@", "https:/thief.example/api/v1/x"))
                    .text()));
        }

        assertThat(astray(sent))
                .hasSizeGreaterThan(80)
                .filteredOn(JsonNode::isEmpty)
                .hasSizeLessThan(8);
        assertThat(astray(passed)).hasSize(passed.size()).allMatch(JsonNode::isEmpty);
        assertThat(passed).noneMatch(document -> document.get("body").contains("thief"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none",
                "text/plain",
                "text/plain; charset=us-ascii",
                "application/octet-stream",
                "application/javascript",
                "image/png",
                "application/hal+json",
                "Application/JSON ; charset=\"UTF-8\""
            })
    void linkWhateverTheAnswerSaysItIsLeadsToTheBridgeOrNowhere(String type) {
        String body =
                "{\"links\":{\"next\":{\"href\":\"https://thief.example/x\"},\"prev\":{\"href\":\"https://generated.example/api/v1/items\"}}}";

        JsonNode links = passed(type, body).json().path("links");

        assertThat(links.at("/next/href").asString()).isEmpty();
        assertThat(links.at("/prev/href").asString()).isEqualTo(bridge.url() + "/qlik/" + connection + "/api/v1/items");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "application/xhtml+xml",
                "application/json; charset=utf-16",
                "application/json; charset=utf-7",
                "application/json; charset=IBM037",
                "application/json; charset=utf-8; charset=utf-16",
                "text/plain; charset=x-unknown",
                "application/json, text/html",
                "nonsense"
            })
    void answerThatCanBeReadInAnotherWayIsRefused(String type) {
        answer(type, "{\"links\":{\"next\":{\"href\":\"https://thief.example/x\"}}}".getBytes(StandardCharsets.UTF_8));

        asked().expectProblem(502, "tenant-answer-unreadable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32"})
    void answerInAnotherEncodingThanItSaysIsRefused(String encoding) {
        answer(
                "application/json",
                "{\"links\":{\"next\":{\"href\":\"https://thief.example/x\"}}}".getBytes(Charset.forName(encoding)));

        asked().expectProblem(502, "tenant-answer-unreadable");
    }

    @Test
    void headersThatLeadSomewhereAreNotPassedOn() {
        answer = json("{}".getBytes(StandardCharsets.UTF_8))
                .withHeader("Link", "<https://thief.example/x>; rel=next")
                .withHeader("Refresh", "0; url=https://thief.example/x")
                .withHeader("Content-Location", "https://thief.example/x")
                .withHeader("SourceMap", "https://thief.example/x")
                .withHeader("Alt-Svc", "h2=\"thief.example:443\"")
                .withHeader("Report-To", "{\"endpoints\":[{\"url\":\"https://thief.example/x\"}]}");

        Answer passed = asked().expect(200);

        assertThat(passed.response().headers().map().toString()).doesNotContain("thief");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https:/thief.example/api/v1/x",
                "https:///thief.example/api/v1/x",
                "https:\\\\thief.example\\api\\v1\\x",
                "/\\thief.example/api/v1/x",
                "https://thief.example/api/v1/..%2f..%2fx",
                "ws://thief.example/api/v1/x"
            })
    void redirectHoweverItIsSpelledLeadsNowhereElse(String location) {
        answer = new ResponseDefinitionBuilder().withStatus(302).withHeader("Location", location);

        Answer passed = asked();

        assertThat(passed.header("Location")).isEmpty();
        passed.expectProblem(502, "tenant-answer-unreadable");
    }

    @Test
    void refusalWithALinkLeadsNowhereElse() {
        answer = new ResponseDefinitionBuilder()
                .withStatus(404)
                .withHeader("Content-Type", "text/plain")
                .withBody("{\"errors\":[],\"links\":{\"next\":{\"href\":\"https://thief.example/x\"}}}");

        assertThat(asked().expect(404).text()).isEqualTo("{\"errors\":[],\"links\":{\"next\":{\"href\":\"\"}}}");
    }

    @Test
    void productInfoLeadsNowhereElse() {
        answer = json(
                "{\"composition\":{\"productName\":\"Qlik Cloud\"},\"externals\":{\"x\":[\"//thief.example/a.js\",\"https://thief.example/b.js\"]}}"
                        .getBytes(StandardCharsets.UTF_8));

        Answer passed = bridge.send(
                        "GET", "/qlik/" + connection + "/resources/autogenerated/product-info.json", null, null)
                .expect(200);

        assertThat(passed.text())
                .isEqualTo("{\"composition\":{\"productName\":\"Qlik Cloud\"},\"externals\":{\"x\":[\"\",\"\"]}}");
    }

    private static Map<String, String> document(String body) {
        return Map.of("base", bridge.url() + "/qlik/" + connection + ITEMS, "body", body);
    }

    private static Answer passed(String type, String body) {
        answer(type, body.getBytes(StandardCharsets.UTF_8));
        return asked().expect(200);
    }

    private static void answer(String type, byte[] body) {
        answer = new ResponseDefinitionBuilder().withBody(body);
        if (type != null) {
            answer.withHeader("Content-Type", type);
        }
    }

    private static ResponseDefinitionBuilder json(byte[] body) {
        answer("application/json", body);
        return answer;
    }

    private static Answer asked() {
        return bridge.exchange(bridge.request("/qlik/" + connection + ITEMS, token));
    }

    /** Node's reading of addresses is that of browsers, the WHATWG's. */
    private static List<JsonNode> astray(List<Map<String, String>> documents) throws Exception {
        Process node;
        try {
            node = new ProcessBuilder("node", "src/test/resources/foreign-links.mjs")
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException missing) {
            assumeTrue(false, "node is not installed");
            throw missing;
        }
        try (OutputStream in = node.getOutputStream()) {
            in.write(JsonMapper.shared().writeValueAsBytes(documents));
        }
        String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(node.waitFor()).as(output).isZero();
        return JsonMapper.shared().readTree(output).valueStream().toList();
    }
}
