package io.qlikbridge.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects that name each other name what is there: a selector that matches nothing is no error to Kubernetes. */
class ChartObjectsTests {

    @BeforeAll
    static void engine() {
        Chart.needsEngine();
    }

    /** OpenShift's name servers, and a forward proxy, listen on ports of their own. */
    @Test
    void portsOfTheNetworkPolicyCanBeOthers(@TempDir Path folder) throws IOException {
        Path values = Files.writeString(folder.resolve("values.yaml"), """
                networkPolicy:
                  dns:
                    ports: [{port: 5353}, {port: 53, protocol: UDP}]
                  https:
                    ports: [{port: 443}, {port: 3128}]
                """);

        NetworkPolicy policy = KubernetesTypes.only(
                NetworkPolicy.class,
                KubernetesTypes.read(Chart.objectsIn(Chart.rendered(Chart.values("minimal"), values))));

        assertThat(policy.getSpec().getEgress())
                .flatExtracting(rule -> rule.getPorts())
                .extracting(port -> port.getPort().getIntVal() + "/" + port.getProtocol())
                .contains("5353/UDP", "5353/TCP", "53/UDP", "443/TCP", "3128/TCP")
                .doesNotContain("53/TCP");
    }

    /** A parent chart hands its conditions down. */
    @Test
    void valuesOfAParentChartAreTaken(@TempDir Path folder) throws IOException {
        Path values = Files.writeString(folder.resolve("values.yaml"), """
                enabled: true
                tags: {reporting: true}
                global: {imageRegistry: registry.example.org}
                """);

        assertThat(Chart.rendered(Chart.values("minimal"), values)).isEqualTo(Chart.rendered("minimal"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"minimal", "production", "gateway", "single"})
    void selectorsMatchThePods(String set) {
        List<HasMetadata> objects = objects(set);
        Deployment deployment = KubernetesTypes.only(Deployment.class, objects);
        Map<String, String> pod =
                deployment.getSpec().getTemplate().getMetadata().getLabels();

        assertThat(pod).containsAllEntriesOf(deployment.getSpec().getSelector().getMatchLabels());
        assertThat(KubernetesTypes.all(Service.class, objects))
                .isNotEmpty()
                .allSatisfy(service ->
                        assertThat(pod).containsAllEntriesOf(service.getSpec().getSelector()));
        assertThat(KubernetesTypes.all(NetworkPolicy.class, objects))
                .allSatisfy(policy -> assertThat(pod)
                        .containsAllEntriesOf(policy.getSpec().getPodSelector().getMatchLabels()));
        assertThat(KubernetesTypes.all(PodDisruptionBudget.class, objects))
                .filteredOn(budget -> !budget.getMetadata().getName().endsWith("-of-ours"))
                .map(budget -> budget.getSpec().getSelector().getMatchLabels())
                .allSatisfy(labels -> assertThat(pod).containsAllEntriesOf(labels));
        assertThat(deployment.getSpec().getTemplate().getSpec().getTopologySpreadConstraints())
                .extracting("labelSelector", LabelSelector.class)
                .allSatisfy(selector -> assertThat(pod).containsAllEntriesOf(selector.getMatchLabels()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"minimal", "production", "gateway", "single"})
    void portsAreThose(String set) {
        List<HasMetadata> objects = objects(set);
        List<ContainerPort> ports = bridge(objects).getPorts();
        Set<String> names = ports.stream().map(ContainerPort::getName).collect(Collectors.toSet());

        assertThat(KubernetesTypes.all(Service.class, objects))
                .flatExtracting(service -> service.getSpec().getPorts())
                .extracting(ServicePort::getTargetPort)
                .allSatisfy(port -> assertThat(names).contains(port.getStrVal()));
        assertThat(KubernetesTypes.all(NetworkPolicy.class, objects))
                .filteredOn(policy -> !policy.getSpec().getIngress().isEmpty())
                .allSatisfy(policy -> assertThat(policy.getSpec().getIngress())
                        .flatExtracting(rule -> rule.getPorts())
                        .extracting(port -> port.getPort().getIntVal())
                        .containsExactlyElementsOf(ports.stream()
                                .map(ContainerPort::getContainerPort)
                                .toList()));
        assertThat(KubernetesTypes.all(Ingress.class, objects))
                .flatExtracting(ingress -> ingress.getSpec().getRules())
                .flatExtracting(rule -> rule.getHttp().getPaths())
                .extracting(path -> path.getBackend().getService())
                .allSatisfy(backend -> assertThat(port(
                                objects, backend.getName(), backend.getPort().getName()))
                        .isNotNull());
        assertThat(KubernetesTypes.all(HTTPRoute.class, objects))
                .flatExtracting(route -> route.getSpec().getRules())
                .flatExtracting(rule -> rule.getBackendRefs())
                .allSatisfy(backend -> assertThat(
                                port(objects, backend.getName(), "http").getPort())
                        .isEqualTo(backend.getPort()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "gateway"})
    void prometheusFindsTheManagementPort(String set) {
        List<HasMetadata> objects = objects(set);
        var monitor = KubernetesTypes.only(ServiceMonitor.class, objects).getSpec();

        List<Service> found = KubernetesTypes.all(Service.class, objects).stream()
                .filter(service -> service.getMetadata()
                        .getLabels()
                        .entrySet()
                        .containsAll(monitor.getSelector().getMatchLabels().entrySet()))
                .toList();

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().getSpec().getPorts())
                .extracting(ServicePort::getName)
                .containsExactly(monitor.getEndpoints().getFirst().getPort());
    }

    @ParameterizedTest
    @ValueSource(strings = {"minimal", "production", "gateway", "single"})
    void namesOfOtherObjectsAreThere(String set) {
        List<HasMetadata> objects = objects(set);
        Deployment deployment = KubernetesTypes.only(Deployment.class, objects);
        PodSpec pod = deployment.getSpec().getTemplate().getSpec();

        assertThat(KubernetesTypes.all(HorizontalPodAutoscaler.class, objects)).allSatisfy(autoscaler -> {
            assertThat(autoscaler.getSpec().getScaleTargetRef().getName())
                    .isEqualTo(deployment.getMetadata().getName());
            assertThat(deployment.getSpec().getReplicas()).isNull();
        });
        assertThat(KubernetesTypes.all(ServiceAccount.class, objects)).allSatisfy(account -> {
            assertThat(account.getMetadata().getName()).isEqualTo(pod.getServiceAccountName());
            assertThat(account.getAutomountServiceAccountToken()).isFalse();
        });
        assertThat(pod.getVolumes())
                .filteredOn(volume -> volume.getName().equals("config"))
                .extracting(volume -> volume.getConfigMap().getName())
                .isSubsetOf(KubernetesTypes.all(ConfigMap.class, objects).stream()
                        .map(map -> map.getMetadata().getName())
                        .toList());
        assertThat(bridge(objects).getVolumeMounts().stream().map(VolumeMount::getName))
                .containsExactlyInAnyOrderElementsOf(
                        pod.getVolumes().stream().map(Volume::getName).toList());
        assertThat(bridge(objects).getVolumeMounts())
                .filteredOn(Predicate.not(mount -> Objects.equals(mount.getReadOnly(), true)))
                .extracting(VolumeMount::getMountPath)
                .containsExactly("/tmp");
    }

    private static ServicePort port(List<HasMetadata> objects, String service, String name) {
        return KubernetesTypes.all(Service.class, objects).stream()
                .filter(found -> found.getMetadata().getName().equals(service))
                .flatMap(found -> found.getSpec().getPorts().stream())
                .filter(port -> port.getName().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static Container bridge(List<HasMetadata> objects) {
        return KubernetesTypes.only(Deployment.class, objects)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst();
    }

    private static List<HasMetadata> objects(String set) {
        return KubernetesTypes.read(Chart.objects(set));
    }
}
