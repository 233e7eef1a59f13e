package io.qlikbridge.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.qlikbridge.Door;
import io.qlikbridge.Product;
import io.qlikbridge.ThroughBothDoors;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ThroughBothDoors
class CorsTests {

    private static final String PORTAL = "https://portal.example.org";
    private static final Door.Bridges BRIDGES =
            new Door.Bridges(Map.of("bridge.web.cors.allowed-origins", PORTAL + ",http://localhost:5173"));

    private final Product bridge;

    CorsTests(Door door) {
        bridge = BRIDGES.at(door);
    }

    @AfterAll
    static void stop() {
        BRIDGES.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/connections/main/apps", "/qlik/main/api/v1/items", "/api/v1/me"})
    void preflightOfAnAllowedOriginNeedsNoToken(String path) {
        Product.Answer answer = preflight(bridge, path, PORTAL).expect(200);

        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(PORTAL);
        assertThat(answer.header("Access-Control-Allow-Headers")).containsIgnoringCase("x-bridge-user");
        assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
        assertThat(answer.header("Access-Control-Max-Age")).isEqualTo("3600");
        assertThat(answer.header("Vary")).contains("Origin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example.org",
                "http://portal.example.org",
                "null",
                "https://portal.example.org.evil"
            })
    void preflightOfAnotherOriginIsRefused(String origin) {
        Product.Answer answer =
                preflight(bridge, "/qlik/main/api/v1/items", origin).expectProblem(403, "forbidden");

        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authorization,if-none-match",
                "traceparent",
                "authorization,traceparent,tracestate",
                "if-modified-since,range,x-request-id,x-bridge-user",
                "accept-language,authorization,content-type",
                "authorization,qlik-web-integration-id,qlik-csrf-token,user-agent"
            })
    void preflightMayNameWhatTheBridgeReadsOrPassesOn(String headers) {
        Product.Answer answer = bridge.exchange(bridge.request("/qlik/main/api/v1/items", null)
                        .header("Origin", PORTAL)
                        .header("Access-Control-Request-Method", "GET")
                        .header("Access-Control-Request-Headers", headers)
                        .method("OPTIONS", BodyPublishers.noBody()))
                .expect(200);

        assertThat(answer.header("Access-Control-Allow-Headers")
                        .toLowerCase(Locale.ROOT)
                        .split(", "))
                .contains(headers.split(","));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-forwarded-host", "cookie", "x-anything"})
    void preflightMayNotNameAnyOther(String header) {
        bridge.exchange(bridge.request("/qlik/main/api/v1/items", null)
                        .header("Origin", PORTAL)
                        .header("Access-Control-Request-Method", "GET")
                        .header("Access-Control-Request-Headers", header)
                        .method("OPTIONS", BodyPublishers.noBody()))
                .expectProblem(403, "forbidden");
    }

    @Test
    void callOfAnotherOriginIsRefusedInWords() {
        Product.Answer answer = bridge.exchange(bridge.request("/api/v1/me", bridge.adminToken())
                .header("Origin", "https://evil.example.org")
                .GET());

        answer.expectProblem(403, "forbidden");
        assertThat(answer.detail()).contains("bridge.web.cors.allowed-origins").doesNotContain("evil");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void answerToAnAllowedOriginMayBeReadByThePage() {
        Product.Answer answer = bridge.exchange(bridge.request("/api/v1/me", bridge.adminToken())
                .header("Origin", PORTAL)
                .GET());

        assertThat(answer.expect(200).header("Access-Control-Allow-Origin")).isEqualTo(PORTAL);
        assertThat(answer.header("Access-Control-Expose-Headers"))
                .contains("X-Request-Id", "Retry-After", "ETag", "Location", "WWW-Authenticate");
    }

    @Test
    void refusalToAnAllowedOriginMayBeReadByThePage() {
        Product.Answer answer = bridge.exchange(
                bridge.request("/api/v1/me", null).header("Origin", PORTAL).GET());

        assertThat(answer.expectProblem(401, "unauthenticated").header("Access-Control-Allow-Origin"))
                .isEqualTo(PORTAL);
    }

    @Test
    void tokenEndpointIsForNoPage() {
        assertThat(preflight(bridge, "/oauth2/token", PORTAL).header("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @Test
    void preflightWhenNoOriginIsAllowedIsARequestLikeAnyOther() {
        Product.Answer answer = preflight(Product.shared(), "/api/v1/me", PORTAL);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "portal.example.org",
                "https://portal.example.org/",
                "https://portal.example.org:443",
                "https://Portal.example.org",
                "https://*.example.org",
                "ftp://portal.example.org",
                "https://me@portal.example.org",
                ""
            })
    void originThatNoBrowserSendsIsRefusedAtStart(String origin) {
        List<String> origins = List.of(origin);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WebProperties.Cors(origins))
                .withMessageContaining("bridge.web.cors.allowed-origins");
    }

    private static Product.Answer preflight(Product bridge, String path, String origin) {
        return bridge.exchange(bridge.request(path, null)
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "authorization,x-bridge-user")
                .method("OPTIONS", BodyPublishers.noBody()));
    }
}
