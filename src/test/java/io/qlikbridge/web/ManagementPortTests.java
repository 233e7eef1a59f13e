package io.qlikbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.Product.Answer;
import io.qlikbridge.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;

/** Who may read what of the actuator: with a port of its own, and without. */
class ManagementPortTests {

    private static Product bridge;
    private static String management;

    @BeforeAll
    static void start() {
        bridge = Product.start(
                TestDatabase.fresh(),
                Map.of("management.server.port", 0, "management.endpoints.web.exposure.include", "*"));
        management = "http://127.0.0.1:" + bridge.bean(Environment.class).getProperty("local.management.port");
    }

    @AfterAll
    static void stop() {
        bridge.close();
    }

    @Test
    void metricsOnTheMainPortNeedTheAdminScope() {
        Product onOnePort = Product.shared();

        onOnePort.send("GET", "/actuator/prometheus", null, null).expectProblem(401, "unauthenticated");
        onOnePort
                .send("GET", "/actuator/prometheus", null, onOnePort.client(new String[] {"bridge.apps"}))
                .expectProblem(403, "forbidden");
        assertThat(onOnePort.get("/actuator/prometheus").expect(200).text()).contains("jvm_memory_used_bytes");
    }

    @Test
    void metricsOnAPortOfTheirOwnAreOpenThere() throws Exception {
        HttpResponse<String> scraped = managed("GET", "/actuator/prometheus");

        assertThat(scraped.statusCode()).isEqualTo(200);
        assertThat(scraped.body()).contains("bridge_vault_rows{key=\"");
    }

    @Test
    void probesOnAPortOfTheirOwnAreOpenThere() throws Exception {
        assertThat(managed("GET", "/actuator/health/liveness").body()).contains("UP");
        assertThat(managed("GET", "/actuator/health/readiness").body()).contains("UP");
        assertThat(managed("GET", "/actuator/health").statusCode()).isEqualTo(200);
        assertThat(managed("GET", "/actuator/health").headers().firstValue("X-Request-Id"))
                .isPresent();
        assertThat(managed("GET", "/actuator/info").statusCode()).isEqualTo(200);
    }

    @Test
    void nothingElseIsOpenThere() throws Exception {
        assertThat(managed("GET", "/actuator/env").statusCode()).isEqualTo(401);
        assertThat(managed("POST", "/actuator/loggers/root").statusCode()).isEqualTo(401);
        assertThat(managed("GET", "/api/v1/connections").statusCode()).isEqualTo(401);
        assertThat(managed("POST", "/oauth2/token").statusCode()).isEqualTo(401);
        assertThat(managed("GET", "/qlik/main/api/v1/items").statusCode()).isEqualTo(401);
    }

    @Test
    void listOfLibrariesIsForAdminsOnEitherPort() throws Exception {
        assertThat(managed("GET", "/actuator/sbom/application").statusCode()).isEqualTo(401);
        Product onOnePort = Product.shared();
        onOnePort.send("GET", "/actuator/sbom/application", null, null).expectProblem(401, "unauthenticated");
        onOnePort
                .send("GET", "/actuator/sbom/application", null, onOnePort.client(new String[] {"bridge.apps"}))
                .expectProblem(403, "forbidden");

        Answer list = onOnePort.get("/actuator/sbom/application").expect(200);

        assertThat(list.header("Content-Type")).startsWith("application/vnd.cyclonedx+json");
        assertThat(list.json().path("components").findValuesAsString("name")).contains("nimbus-jose-jwt");
    }

    @Test
    void callersPortHasNoMetricsThen() {
        Answer answer = bridge.get("/actuator/prometheus");

        answer.expectProblem(404, "not-found");
        bridge.send("GET", "/api/v1/me", null, null).expectProblem(401, "unauthenticated");
    }

    /** Where the request arrived decides, not what it says of itself. */
    @Test
    void callersPortIsNotTakenForTheOther() throws Exception {
        String port = URI.create(management).getPort() + "";
        HttpRequest forged = HttpRequest.newBuilder(URI.create(bridge.url() + "/api/v1/connections"))
                .header("X-Forwarded-Port", port)
                .header("X-Forwarded-Host", "127.0.0.1:" + port)
                .build();

        assertThat(send(forged).statusCode()).isEqualTo(401);
    }

    private static HttpResponse<String> managed(String method, String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(management + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
