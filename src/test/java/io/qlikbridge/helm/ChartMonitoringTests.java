package io.qlikbridge.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import io.qlikbridge.lease.LeaseState;
import io.qlikbridge.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Dashboard and alerts ask for what the bridge measures. */
class ChartMonitoringTests {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Timers of the bridge: each is {@code _count}, {@code _sum} and {@code _max}. */
    private static final Set<String> TIMERS = Set.of(
            "bridge_lease_issue_seconds",
            "bridge_lease_renewal_seconds",
            "bridge_lease_claim_wait_seconds",
            "bridge_tenant_calls_seconds",
            "http_server_requests_seconds");

    private static final Set<String> GAUGES_AND_COUNTERS = Set.of(
            "bridge_leases",
            "bridge_lease_renewal_overdue",
            "bridge_lease_expiry_seconds",
            "bridge_lease_orphans_found_total",
            "bridge_tenant_concurrency",
            "bridge_tenant_rejections_total",
            "bridge_cache_requests_total",
            "bridge_signing_certificate_days",
            "bridge_site_certificate_days",
            "bridge_vault_rows",
            "bridge_vault_stuck");

    /** Of Prometheus itself, Micrometer's binders and the connection pool. */
    private static final Set<String> OTHERS = Set.of(
            "up",
            "jvm_memory_used_bytes",
            "jvm_memory_max_bytes",
            "jvm_gc_pause_seconds_sum",
            "jvm_threads_live_threads",
            "process_cpu_usage",
            "process_uptime_seconds",
            "system_cpu_count",
            "hikaricp_connections_active",
            "hikaricp_connections_pending");

    private static final Pattern VARIABLE = Pattern.compile("label_values\\((.*), *\\w+\\)");
    private static final Pattern TEMPLATE = Pattern.compile(
            "\\{\\{ (\\$labels\\.(connection|kid|certificate)|\\$value( \\| humanize(Percentage|Duration))?|printf \"%\\.0f\" \\$value) }}");

    @BeforeAll
    static void engine() {
        Chart.needsEngine();
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "gateway"})
    void alertsAskForWhatIsMeasured(String set) {
        for (Rule rule : rules(set)) {
            PromQl read = PromQl.read(rule.getExpr().getStrVal());

            assertThat(read.metrics()).as(rule.getAlert()).isNotEmpty().isSubsetOf(measured());
            assertLabelValuesExist(read);
        }
    }

    @Test
    void alertsSayWhatToDoAndWhereToRead() throws IOException {
        String guide = Files.readString(Path.of("docs/kubernetes.md"));
        List<Rule> rules = rules("production").stream()
                .filter(rule -> !rule.getAlert().equals("BridgeQuietAtNoon"))
                .toList();

        assertThat(rules).hasSize(14).allSatisfy(rule -> {
            assertThat(rule.getFor()).matches("\\d+[mh]");
            assertThat(rule.getLabels()).containsEntry("team", "bi");
            assertThat(rule.getLabels().get("severity")).isIn("warning", "critical");
            assertThat(rule.getAnnotations()).containsOnlyKeys("summary", "description", "runbook_url");
            assertThat(rule.getAnnotations().get("description")).hasSizeGreaterThan(120);
            assertThat(rule.getAnnotations().get("runbook_url"))
                    .isEqualTo("https://docs.example.org/bridge/kubernetes.md#"
                            + rule.getAlert().toLowerCase(Locale.ROOT));
            assertThat(guide).contains("\n### " + rule.getAlert() + "\n");
            rule.getAnnotations()
                    .values()
                    .forEach(text ->
                            assertThat(TEMPLATE.matcher(text).replaceAll("")).doesNotContain("{{", "}}", "%!", "$"));
        });
        assertThat(rules).extracting(Rule::getAlert).doesNotHaveDuplicates();
    }

    @Test
    void alertWhenDisabledThenNotRendered() {
        assertThat(rules("gateway"))
                .hasSize(12)
                .extracting(Rule::getAlert)
                .doesNotContain("BridgeOrphansFound", "BridgeTenantCrowded");
    }

    @Test
    void alertsThatCanBeDisabledAreThose() throws IOException {
        Set<String> names = new TreeSet<>();
        JSON.readTree(Files.readString(Chart.FOLDER.resolve("values.schema.json")))
                .at("/properties/metrics/properties/prometheusRule/properties/disabled/items/enum")
                .forEach(name -> names.add(name.asString("")));

        assertThat(rules("production"))
                .extracting(Rule::getAlert)
                .containsAll(names)
                .hasSize(names.size() + 1);
    }

    @Test
    void dashboardAsksForWhatIsMeasured() {
        List<String> rows = new ArrayList<>();
        Set<String> shown = new TreeSet<>();
        for (JsonNode panel : dashboard().path("panels")) {
            if (panel.path("type").asString("").equals("row")) {
                rows.add(panel.path("title").asString(""));
                continue;
            }
            assertThat(panel.path("targets").size()).as("%s", panel).isPositive();
            for (JsonNode target : panel.path("targets")) {
                PromQl read = PromQl.read(target.path("expr").asString(""));
                assertThat(read.metrics())
                        .as(panel.path("title").asString(""))
                        .isNotEmpty()
                        .isSubsetOf(measured());
                assertThat(read.matchers()).contains("namespace=\"$namespace\"", "job=\"$job\"");
                assertLabelValuesExist(read);
                shown.addAll(read.metrics());
            }
        }

        assertThat(rows).containsExactly("Callers", "Tenants", "Leases and renewals", "Vault and certificates", "JVM");
        assertThat(shown).containsAll(GAUGES_AND_COUNTERS);
        assertThat(shown)
                .containsAll(TIMERS.stream().map(timer -> timer + "_count").toList());
    }

    @Test
    void dashboardIsLaidOutWithoutOverlapsAndDoubles() {
        List<JsonNode> panels = dashboard().path("panels").valueStream().toList();

        assertThat(panels).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
        Set<String> cells = new TreeSet<>();
        for (JsonNode panel : panels) {
            JsonNode place = panel.path("gridPos");
            int right = place.path("x").asInt() + place.path("w").asInt();
            assertThat(right).isLessThanOrEqualTo(24);
            for (int x = place.path("x").asInt(); x < right; x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    assertThat(cells.add(x + "," + (place.path("y").asInt() + y)))
                            .as(panel.path("title").asString(""))
                            .isTrue();
                }
            }
        }
    }

    @Test
    void variablesOfTheDashboardAskForWhatIsMeasured() {
        for (JsonNode variable : dashboard().path("templating").path("list")) {
            if (variable.path("type").asString("").equals("query")) {
                Matcher query =
                        VARIABLE.matcher(variable.path("query").path("query").asString(""));

                assertThat(query.matches()).isTrue();
                assertThat(PromQl.read(query.group(1)).metrics()).isSubsetOf(measured());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum by (connection (up)",
                "rate(up)",
                "sum(up[5m])",
                "up[5m] > 0",
                "up{job=bridge}",
                "up{job=\"bridge\"",
                "up{job=~\"(\"}",
                "rat(up[5m])",
                "up > ",
                "up 0",
                "up[5 minutes]",
                "up offset",
                "1h"
            })
    void expressionWhenWrongThenRefused(String expression) {
        assertThatThrownBy(() -> PromQl.read(expression)).isInstanceOf(IllegalArgumentException.class);
    }

    /** A misspelt outcome, code or state would never match anything. */
    private static void assertLabelValuesExist(PromQl read) {
        Set<String> codes =
                Arrays.stream(ProblemCode.values()).map(ProblemCode::slug).collect(Collectors.toSet());
        codes.addAll(Set.of("success", "none"));
        Set<String> states =
                Arrays.stream(LeaseState.values()).map(LeaseState::slug).collect(Collectors.toSet());
        for (String matcher : read.matchers()) {
            String label = matcher.replaceAll("[=!~].*", "");
            Stream<String> values = Stream.of(matcher.substring(matcher.indexOf('"') + 1, matcher.length() - 1)
                    .split("\\|"));
            switch (label) {
                case "outcome", "code" -> assertThat(values).isSubsetOf(codes);
                case "state" -> assertThat(values).isSubsetOf(states);
                case "status" -> assertThat(values).isSubsetOf("2xx", "3xx", "4xx", "5xx", "429", "none");
                case "result" -> assertThat(values).isSubsetOf("hit", "miss");
                case "area" -> assertThat(values).isSubsetOf("heap", "nonheap");
                case "namespace", "job", "connection" -> {}
                default -> throw new AssertionError("Nothing is known of the label " + label);
            }
        }
    }

    private static Set<String> measured() {
        Set<String> names = new TreeSet<>(GAUGES_AND_COUNTERS);
        names.addAll(OTHERS);
        for (String timer : TIMERS) {
            names.addAll(Set.of(timer + "_count", timer + "_sum", timer + "_max"));
        }
        return names;
    }

    private static List<Rule> rules(String set) {
        List<HasMetadata> objects = KubernetesTypes.read(Chart.objects(set));
        return KubernetesTypes.only(PrometheusRule.class, objects)
                .getSpec()
                .getGroups()
                .getFirst()
                .getRules();
    }

    private static JsonNode dashboard() {
        List<ConfigMap> maps = KubernetesTypes.all(ConfigMap.class, KubernetesTypes.read(Chart.objects("production")));
        return maps.stream()
                .filter(map -> map.getMetadata().getName().endsWith("-dashboard"))
                .map(map -> JSON.readTree(map.getData().get("qlik-identity-bridge.json")))
                .findFirst()
                .orElseThrow();
    }
}
