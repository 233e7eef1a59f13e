package io.qlikbridge.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What Helm makes of the chart, for the sets of values in {@code src/test/resources/helm}. After a wanted change, {@code
 * ./mvnw test -Dtest=HelmChartTests -Dhelm.golden=write} writes what is rendered over the golden files; look at what
 * changed before committing it.
 */
class HelmChartTests {

    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i).*(password|passphrase|secret|credential|token|vault[._]?keys)$");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Z_]+}");
    private static final Pattern SECRET_VALUE = Pattern.compile("-----BEGIN|[A-Za-z0-9+/]{43}=|eyJ[A-Za-z0-9_-]{10}");

    @BeforeAll
    static void engine() {
        Chart.needsEngine();
    }

    static Stream<String> sets() {
        return Chart.sets();
    }

    @ParameterizedTest
    @MethodSource("sets")
    void lintFindsNothing(String set, @TempDir Path folder) throws IOException {
        LintResult result = Chart.lint(set, folder);

        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
        // an icon would have to be somewhere on the web
        assertThat(result.getMessages()).allMatch(message -> message.contains("icon is recommended"));
    }

    @ParameterizedTest
    @MethodSource("sets")
    void renderedAsInTheGoldenFile(String set) throws IOException {
        Path golden = Chart.SETS.resolve(set + ".golden.yaml");
        String rendered = Chart.rendered(set);
        if ("write".equals(System.getProperty("helm.golden"))) {
            Files.writeString(golden, rendered);
        }

        assertThat(rendered).isEqualTo(Files.readString(golden));
    }

    @ParameterizedTest
    @MethodSource("sets")
    void objectsAreOfTheirTypes(String set) {
        List<HasMetadata> objects = KubernetesTypes.read(Chart.objects(set));

        assertThat(objects).allSatisfy(object -> {
            assertThat(object.getMetadata().getName()).matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
            assertThat(object.getMetadata().getName().length()).isLessThanOrEqualTo(63);
        });
    }

    @ParameterizedTest
    @CsvSource({"replicas, 2", "minReadySeconds, '\"5\"'"})
    void typesWhenFieldIsWrongThenRefused(String field, String value) {
        Map<String, Object> deployment = Chart.objects("minimal").stream()
                .filter(object -> object.get("kind").equals("Deployment"))
                .findFirst()
                .orElseThrow();
        Map<String, Object> where = field.equals("replicas") ? deployment : Chart.map(deployment.get("spec"));
        where.put(field, Chart.yaml().load(value));

        assertThatThrownBy(() -> KubernetesTypes.read(deployment)).hasMessageContaining(field);
    }

    @ParameterizedTest
    @MethodSource("sets")
    void containersAreHardened(String set) {
        PodSpec pod = pod(set);

        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(List.of(pod.getHostNetwork() == null, pod.getHostPID() == null, pod.getHostIPC() == null))
                .containsOnly(true);
        List<Container> containers = new ArrayList<>(pod.getContainers());
        containers.addAll(pod.getInitContainers());
        assertThat(containers).isNotEmpty().allSatisfy(container -> {
            SecurityContext context = container.getSecurityContext();
            assertThat(context.getReadOnlyRootFilesystem()).isTrue();
            assertThat(context.getAllowPrivilegeEscalation()).isFalse();
            assertThat(context.getPrivileged()).isFalse();
            assertThat(context.getRunAsNonRoot()).isTrue();
            assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
            assertThat(context.getCapabilities().getAdd()).isEmpty();
        });
        assertThat(pod.getContainers().getFirst().getResources().getLimits()).containsKey("memory");
    }

    @ParameterizedTest
    @MethodSource("sets")
    void noSecretIsRendered(String set) {
        String rendered = Chart.rendered(set);

        assertThat(SECRET_VALUE.matcher(rendered).results()).isEmpty();
        assertThat(Chart.objectsIn(rendered))
                .noneMatch(object -> object.get("kind").equals("Secret"));
        for (EnvVar variable : pod(set).getContainers().getFirst().getEnv()) {
            if (SECRET_NAME.matcher(variable.getName()).matches()) {
                assertThat(variable.getValueFrom()).as(variable.getName()).isNotNull();
            }
        }
        // a variable may be named, which has its value from elsewhere
        assertThat(ChartSettings.of(set).entrySet())
                .filteredOn(setting -> SECRET_NAME.matcher(setting.getKey()).matches())
                .allMatch(setting ->
                        VARIABLE.matcher(setting.getValue().toString()).matches());
    }

    @ParameterizedTest
    @MethodSource("sets")
    void aReplicaGoesWhenItsSuccessorIsReadyAndItsRequestsAreServed(String set) {
        DeploymentSpec spec = deployment(set).getSpec();
        Container bridge = spec.getTemplate().getSpec().getContainers().getFirst();
        long grace = spec.getTemplate().getSpec().getTerminationGracePeriodSeconds();
        long sleep = bridge.getLifecycle() == null
                ? 0
                : bridge.getLifecycle().getPreStop().getSleep().getSeconds();

        assertThat(spec.getStrategy().getRollingUpdate().getMaxUnavailable().getValue())
                .isEqualTo(0);
        assertThat(grace).isGreaterThanOrEqualTo(sleep + 30);
        assertThat(Stream.of(bridge.getStartupProbe(), bridge.getLivenessProbe(), bridge.getReadinessProbe()))
                .allSatisfy(probe ->
                        assertThat(probe.getHttpGet().getPort().getValue()).isEqualTo("management"));
        if (!set.equals("single")) {
            assertThat(sleep).isPositive();
        }
    }

    /** The first replica that has other settings has another checksum, or it would not be rolled out. */
    @Test
    void podChangesWithItsSettings(@TempDir Path folder) throws IOException {
        Path other = Files.writeString(folder.resolve("other.yaml"), "bridge: {tenant: {maxConcurrency: 7}}");

        assertThat(checksum(Chart.rendered(Chart.values("minimal"), other)))
                .isNotEqualTo(checksum(Chart.rendered("minimal")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    replicas: 2                                                 | replicas
                    replicaCount: two                                           | replicaCount
                    replicaCount: -1                                            | replicaCount
                    image: {repository: "bridge:latest bridge"}                 | repository
                    image: {digest: sha256:abc}                                 | digest
                    image: {pullPolicy: Sometimes}                              | pullPolicy
                    vault: {keys: "k1:AAAA"}                                    | keys
                    vault: {existingSecret: {value: k1}}                        | value
                    admin: {secret: hunter2}                                    | secret
                    database: {password: hunter2}                               | password
                    database: {url: "jdbc:mysql://db/bridge"}                   | url
                    database: {url: "jdbc:postgresql://db/b?user=a&password=b"} | url
                    database: {poolSize: 1}                                     | poolSize
                    bridge: {vault: {keys: "k1:AAAA"}}                          | vault
                    bridge: {access: {adminSecret: hunter2}}                    | adminSecret
                    bridge: {access: {autoProvision: "yes"}}                    | autoProvision
                    bridge: {access: {issuers: [{issuerUri: "https://a"}]}}     | audience
                    bridge: {access: {issuers: [{issuerUri: a, audience: b}]}}  | issuerUri
                    bridge: {lease: {renewAt: 1.5}}                             | renewAt
                    bridge: {lease: {renewalMargin: soon}}                      | renewalMargin
                    bridge: {lease: {renewalsPerHour: 5}}                       | renewalsPerHour
                    bridge: {signing: {provider: bouncy}}                       | provider
                    bridge: {web: {cors: {allowedOrigins: ["*"]}}}              | allowedOrigins
                    bridge: {web: {maxBody: big}}                               | maxBody
                    bridge: {connections: {allowedHosts: ["https://a/b"]}}      | allowedHosts
                    logging: {format: xml}                                      | format
                    logging: {levels: {io.qlikbridge: loud}}                    | io.qlikbridge
                    tracing: {endpoint: "otel:4317"}                            | endpoint
                    tracing: {probability: 5}                                   | probability
                    certificateAuthorities: [{name: a}]                         | certificateAuthorities
                    extraConfig: {spring: {datasource: {password: hunter2}}}    | password
                    extraConfig: {a: [{client-secret: hunter2}]}                | client-secret
                    extraEnv: [{name: SPRING_DATASOURCE_PASSWORD, value: x}]    | extraEnv
                    extraEnv: [{name: BRIDGE_VAULT_KEYS, value: x}]             | extraEnv
                    extraEnv: [{name: A}]                                       | extraEnv
                    extraObjects: [{apiVersion: v1, kind: Secret, metadata: {}}]| kind
                    resources: {limits: {memory: lots}}                         | memory
                    resources: {limit: {}}                                      | limit
                    tmpSizeLimit: 256 MB                                        | tmpSizeLimit
                    livenessProbe: {path: /}                                    | path
                    podSecurityContext: {runAsNonRoot: false}                   | runAsNonRoot
                    podSecurityContext: {runAsUser: 0}                          | runAsUser
                    podSecurityContext: {seccompProfile: null}                  | seccompProfile
                    containerSecurityContext: {readOnlyRootFilesystem: false}   | readOnlyRootFilesystem
                    containerSecurityContext: {allowPrivilegeEscalation: true}  | allowPrivilegeEscalation
                    containerSecurityContext: {privileged: true}                | privileged
                    containerSecurityContext: {capabilities: {drop: []}}        | drop
                    containerSecurityContext: {capabilities: {add: [NET_RAW]}}  | add
                    topologySpreadConstraints: [{topologyKey: zone}]            | maxSkew
                    autoscaling: {maxReplicas: 0}                               | maxReplicas
                    podDisruptionBudget: {maxUnavailable: 0}                    | maxUnavailable
                    service: {type: ExternalName}                               | type
                    service: {port: 70000}                                      | port
                    ingress: {enabled: true}                                    | hosts
                    ingress: {enabled: true, hosts: [bridge.example.org]}       | hosts
                    httpRoute: {enabled: true}                                  | parentRefs
                    networkPolicy: {callers: []}                                | callers
                    networkPolicy: {callers: [{}]}                              | callers
                    networkPolicy: {monitoring: []}                             | monitoring
                    networkPolicy: {https: {to: [{ipBlock: {cidr: all}}]}}      | cidr
                    metrics: {serviceMonitor: {interval: often}}                | interval
                    metrics: {prometheusRule: {disabled: [BridgeUp]}}           | disabled
                    metrics: {prometheusRule: {thresholds: {errorShare: 5}}}    | errorShare
                    metrics: {prometheusRule: {runbookUrl: "see wiki"}}         | runbookUrl
                    preStopSleepSeconds: 40                                     | terminationGracePeriodSeconds
                    autoscaling: {enabled: true, minReplicas: 9}                | minReplicas
                    """)
    void whenValueIsWrongThenRefusedByName(String values, String name, @TempDir Path folder) throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), values);

        assertThatThrownBy(() -> Chart.rendered(Chart.values("minimal"), wrong))
                .hasMessageContaining(name)
                .message()
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource({
        "'database: {url: \"\"}', database.url",
        "'database: {username: \"\"}', database.username",
        "'database: {existingSecret: {name: \"\"}}', database.existingSecret.name",
        "'vault: {existingSecret: {name: \"\"}}', vault.existingSecret.name",
    })
    void whenRequiredValueIsMissingThenRefusedByName(String values, String name, @TempDir Path folder)
            throws IOException {
        Path missing = Files.writeString(folder.resolve("missing.yaml"), values);

        assertThatThrownBy(() -> Chart.rendered(Chart.values("minimal"), missing))
                .hasMessageContaining(name + " is required");
    }

    private static Deployment deployment(String set) {
        return KubernetesTypes.only(Deployment.class, KubernetesTypes.read(Chart.objects(set)));
    }

    private static PodSpec pod(String set) {
        return deployment(set).getSpec().getTemplate().getSpec();
    }

    private static String checksum(String rendered) {
        return rendered.lines()
                .filter(line -> line.contains("checksum/config"))
                .findFirst()
                .orElseThrow();
    }
}
