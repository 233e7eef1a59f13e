package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import io.qlikbridge.Product.Answer;
import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.Call;
import io.qlikbridge.simulator.Faults;
import io.qlikbridge.simulator.SimulatedTenant;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One trace goes from a caller through the bridge to the tenant. */
@ThroughBothDoors
class TracesTests {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";
    private static final String SUBJECT = "hr|4711";
    private static final String APPS = "GET /api/v1/connections/{connection}/apps";

    private static final Map<Door, SpanCollector> COLLECTORS =
            Map.of(Door.FRONT, SpanCollector.start(), Door.APPLICATION, SpanCollector.start());
    private static final Door.Bridges BRIDGES =
            new Door.Bridges(door -> COLLECTORS.get(door).settings());

    private final SpanCollector collector;
    private final Product bridge;

    private SimulatedTenant tenant;
    private String main;
    private String ada;

    TracesTests(Door door) {
        collector = COLLECTORS.get(door);
        bridge = BRIDGES.at(door);
    }

    @AfterAll
    static void stopBridges() {
        BRIDGES.close();
        COLLECTORS.values().forEach(SpanCollector::close);
    }

    @BeforeEach
    void start() {
        tenant = SimulatedTenant.start();
        main = bridge.connectTo(tenant);
        tenant.apps(SUBJECT, App.of("Sales report"));
        ada = bridge.user(main, SUBJECT);
    }

    @AfterEach
    void stop() {
        tenant.close();
    }

    @Test
    void traceOfAFirstRequestHasEachStepAtTheTenant() {
        String trace = "a" + TRACE.substring(1);

        traced(trace, "/api/v1/connections/" + main + "/apps?user=" + ada).expect(200);

        List<Span> spans = collector.trace(trace, APPS);
        Span request = one(spans, APPS);
        Span issue = one(spans, "lease.issue");
        assertThat(SpanCollector.parent(request)).isEqualTo(CALLER);
        assertThat(SpanCollector.parent(issue)).isEqualTo(SpanCollector.id(request));
        assertThat(spans)
                .filteredOn(span -> SpanCollector.parent(span).equals(SpanCollector.id(issue)))
                .extracting(Span::getName)
                .contains("jwt-session", "api-keys");
        assertThat(SpanCollector.parent(one(spans, "items"))).isEqualTo(SpanCollector.id(request));
        assertThat(spans)
                .filteredOn(span -> span.getKind() == Span.SpanKind.SPAN_KIND_CLIENT)
                .allSatisfy(span -> assertThat(SpanCollector.attributes(span.getAttributesList()))
                        .containsEntry("bridge.connection", main)
                        .containsEntry("server.address", "127.0.0.1")
                        .containsKey("http.response.status_code"));
    }

    @Test
    void tenantIsToldOfTheTraceAndTheRequest() {
        String trace = "b" + TRACE.substring(1);

        bridge.exchange(asked(trace, "/api/v1/connections/" + main + "/apps?user=" + ada)
                        .header("X-Request-Id", "nightly-42")
                        .header("baggage", "of=the-caller")
                        .header("tracestate", "vendor=1"))
                .expect(200);

        List<Span> spans = collector.trace(trace, APPS);
        assertThat(tenant.calls()).hasSizeGreaterThan(2).allSatisfy(call -> {
            assertThat(call.header("X-Request-Id")).hasValue("nightly-42");
            assertThat(call.header("traceparent").orElseThrow()).startsWith("00-" + trace + "-");
            assertThat(call.header("baggage")).isEmpty();
        });
        assertThat(spans)
                .extracting(span -> "00-" + trace + "-" + SpanCollector.id(span) + "-01")
                .containsAll(tenant.calls().stream()
                        .map(call -> call.header("traceparent").orElseThrow())
                        .toList());
        assertThat(SpanCollector.attributes(one(spans, APPS).getAttributesList()))
                .containsEntry("bridge.request_id", "nightly-42");
    }

    @Test
    void traceOfThePassThroughEndsAtTheTenant() {
        bridge.apps(main, ada).expect(200);
        String trace = "c" + TRACE.substring(1);

        bridge.exchange(asked(trace, "/qlik/" + main + "/api/v1/items").header("X-Bridge-User", ada))
                .expect(200);

        String route = "GET /qlik/{connection}/api/v1/items";
        assertThat(collector.trace(trace, route))
                .extracting(Span::getName, Span::getKind)
                .containsExactlyInAnyOrder(
                        tuple(route, Span.SpanKind.SPAN_KIND_SERVER),
                        tuple("pass-through", Span.SpanKind.SPAN_KIND_CLIENT));
    }

    @Test
    void refusalOfTheTenantShowsInItsStepAndInTheRequest() {
        String trace = "d" + TRACE.substring(1);
        tenant.before(call ->
                call.getUrl().startsWith("/login/jwt-session") ? Optional.of(Faults.empty(401)) : Optional.empty());

        traced(trace, "/api/v1/connections/" + main + "/apps?user=" + ada).expectProblem(502, "assertion-refused");

        List<Span> spans = collector.trace(trace, APPS);
        Span step = one(spans, "jwt-session");
        assertThat(step.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
        assertThat(SpanCollector.attributes(step.getAttributesList()))
                .containsEntry("http.response.status_code", "401")
                .containsEntry("error.type", "401");
        assertThat(SpanCollector.attributes(one(spans, "lease.issue").getAttributesList()))
                .containsEntry("error.type", "assertion-refused");
        assertThat(SpanCollector.attributes(one(spans, APPS).getAttributesList()))
                .containsEntry("bridge.problem", "assertion-refused")
                .containsEntry("status", "502");
    }

    @Test
    void renewalIsATraceOfItsOwn() {
        bridge.token(main, ada).expect(200);
        bridge.bean(JdbcClient.class)
                .sql("update lease set last_used_at = issued_at, renew_at = now() - interval '1 second'"
                        + " where connection_id = :id")
                .param("id", main)
                .update();

        Span renewal = Awaitility.await().atMost(Duration.ofSeconds(20)).until(this::renewal, found -> found != null);

        assertThat(renewal.getParentSpanId().isEmpty()).isTrue();
        assertThat(collector.spans())
                .filteredOn(span -> span.getTraceId().equals(renewal.getTraceId()))
                .extracting(Span::getName)
                .contains("lease.issue", "jwt-session", "api-keys");
    }

    private Span renewal() {
        return collector.spans().stream()
                .filter(span -> span.getName().equals("lease.renewal"))
                .filter(span -> main.equals(
                        SpanCollector.attributes(span.getAttributesList()).get("bridge.connection")))
                .findAny()
                .orElse(null);
    }

    @Test
    void spansNameNoUserAndNoAddress() {
        String trace = "e" + TRACE.substring(1);

        traced(trace, "/api/v1/users?limit=what-it-asks").expectProblem(400, "invalid-request");
        traced(trace, "/api/v1/users/" + ada).expectProblem(404, "user-not-found");
        traced(trace, "/api/v1/connections/" + main + "/apps?user=" + ada).expect(200);
        traced(trace, "/a-mistyped-address").expectProblem(404, "not-found");

        collector.trace(trace, APPS);
        collector.trace(trace, "GET unknown");
        assertThat(collector.bytes())
                .contains("GET /api/v1/users/{id}", "qlik-identity-bridge")
                .doesNotContain(ada, SUBJECT, "what-it-asks", "a-mistyped-address");
    }

    @Test
    void probesAndMetricsAreNotTraced() {
        String trace = "f" + TRACE.substring(1);

        traced(trace, "/actuator/health").expect(200);
        traced(trace, "/actuator/prometheus").expect(200);
        traced(trace, "/api/v1/me").expect(200);

        assertThat(collector.trace(trace, "GET /api/v1/me")).hasSize(1);
    }

    @Test
    void withoutAReceiverNothingIsTracedButTheRequestIsNamed() {
        Product quiet = Product.shared();
        String there = quiet.connectTo(tenant);

        quiet.exchange(quiet.request(
                                "/api/v1/connections/" + there + "/apps?user=" + quiet.user(there, SUBJECT),
                                quiet.adminToken())
                        .header("traceparent", "00-" + TRACE + "-" + CALLER + "-01")
                        .header("X-Request-Id", "quiet-1"))
                .expect(200);

        assertThat(tenant.calls())
                .isNotEmpty()
                .extracting(Call::headers)
                .allSatisfy(headers -> assertThat(headers)
                        .containsEntry("X-Request-Id", List.of("quiet-1"))
                        .doesNotContainKey("traceparent"));
    }

    @Test
    void resourceIsTheBridge() {
        traced(TRACE, "/api/v1/me").expect(200);

        collector.trace(TRACE, "GET /api/v1/me");
        assertThat(SpanCollector.attributes(collector.resource().getAttributesList()))
                .containsAllEntriesOf(Map.of("service.name", "qlik-identity-bridge"));
    }

    private Answer traced(String trace, String path) {
        return bridge.exchange(asked(trace, path));
    }

    private HttpRequest.Builder asked(String trace, String path) {
        return bridge.request(path, bridge.adminToken()).header("traceparent", "00-" + trace + "-" + CALLER + "-01");
    }

    private static Span one(List<Span> spans, String name) {
        assertThat(spans).extracting(Span::getName).containsOnlyOnce(name);
        return spans.stream()
                .filter(span -> span.getName().equals(name))
                .findAny()
                .orElseThrow();
    }
}
