package io.qlikbridge.qlikcloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.qlikbridge.Product;
import io.qlikbridge.Product.Answer;
import io.qlikbridge.TestDatabase;
import io.qlikbridge.proxy.ConnectProxy;
import io.qlikbridge.proxy.TestKeyStore;
import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.SimulatedTenant;
import io.qlikbridge.transport.NameLookup;
import io.qlikbridge.transport.TenantProperties;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;

/** The whole bridge in a network whose one way out is a forward proxy: names resolve there alone. */
class ForwardProxyTests {

    private static final String SECRET = "the-secret-of-the-proxy";
    private static final String LOGIN =
            Base64.getEncoder().encodeToString(("bridge:" + SECRET).getBytes(StandardCharsets.UTF_8));
    private static final String TENANT = "tenant.behind.test";
    private static final String TWO_ADDRESSES = "two.direct.test";

    @TempDir
    static Path files;

    private static SimulatedTenant tenant;
    private static WireMockServer tls;
    private static ConnectProxy proxy;
    private static Product bridge;

    @BeforeAll
    static void start() throws Exception {
        Path store = TestKeyStore.make(files, "behind", "dns:" + TENANT);
        tenant = SimulatedTenant.start();
        tls = TestKeyStore.serving(store);
        tls.stubFor(
                WireMock.any(WireMock.anyUrl()).willReturn(WireMock.aResponse().proxiedFrom(tenant.url())));
        proxy = ConnectProxy.to(tls.httpsPort());
        proxy.want(LOGIN);
        bridge = Product.start(
                TestDatabase.fresh(),
                Map.of(
                        "bridge.proxy.url",
                        proxy.url(),
                        "bridge.proxy.username",
                        "bridge",
                        "bridge.proxy.password",
                        SECRET,
                        "bridge.proxy.except",
                        "127.0.0.1,.direct.test",
                        "bridge.connections.allowed-hosts",
                        "http://127.0.0.1,http://" + TWO_ADDRESSES + ",.behind.test",
                        "spring.ssl.bundle.jks.behind.truststore.location",
                        "file:" + store,
                        "spring.ssl.bundle.jks.behind.truststore.password",
                        TestKeyStore.PASSWORD),
                ForwardProxyTests::twoAddresses);
    }

    private static void twoAddresses(ConfigurableApplicationContext context) {
        ((GenericApplicationContext) context)
                .registerBean(
                        "testNames",
                        NameLookup.class,
                        () -> new NameLookup(context.getBean(TenantProperties.class)) {
                            @Override
                            protected InetAddress[] ask(String host) throws UnknownHostException {
                                return host.equals(TWO_ADDRESSES)
                                        ? new InetAddress[] {
                                            InetAddress.ofLiteral("127.0.0.2"), InetAddress.ofLiteral("127.0.0.1")
                                        }
                                        : super.ask(host);
                            }
                        },
                        definition -> definition.setPrimary(true));
    }

    @AfterEach
    void carryOn() {
        proxy.answer("200 Connection established");
        proxy.want(LOGIN);
    }

    @AfterAll
    static void stop() {
        bridge.close();
        proxy.close();
        tls.stop();
        tenant.close();
    }

    @Test
    void tenantIsReachedByTheProxyAlone() {
        String main = behind();
        String user = bridge.user(main, "ada");
        tenant.apps("ada", App.of("Sales"));

        JsonNode test = bridge.post("/api/v1/connections/" + main + "/test", Map.of("user", user))
                .expect(200)
                .json();

        assertThat(test.path("passed").asBoolean()).as(test.toString()).isTrue();
        assertThat(check(test, "reachable").path("detail").asString())
                .contains("by the proxy " + proxy.url())
                .doesNotContain(SECRET);
        assertThat(bridge.apps(main, user).expect(200).text()).contains("Sales");
        bridge.passed(main, user, "/api/v1/items").expect(200);
        assertThat(proxy.asked()).isNotEmpty().allMatch(line -> line.startsWith("CONNECT " + TENANT + ":"));
        assertThat(proxy.heads().stream().filter(head -> head.contains("Authorization: Bearer")))
                .isEmpty();
    }

    @Test
    void tenantThatIsExceptedIsReachedDirectly() {
        String main = bridge.connectTo(tenant);
        int before = proxy.asked().size();

        JsonNode test = test(main);

        assertThat(test.path("passed").asBoolean()).as(test.toString()).isTrue();
        assertThat(check(test, "reachable").path("detail").asString()).doesNotContain("proxy");
        assertThat(proxy.asked()).hasSize(before);
    }

    @ParameterizedTest
    @CsvSource({
        "403 Forbidden, 'answered 403 to CONNECT', in the proxy's rules",
        "502 Bad Gateway, 'answered 502 to CONNECT', the proxy's own DNS",
        "504 Gateway Timeout, 'answered 504 to CONNECT', the proxy's own DNS",
        "404 Not Found, 'answered 404 to CONNECT', is an HTTP proxy",
    })
    void callWhenTheProxyRefusesNamesItAndWhatToDo(String status, String found, String remedy) {
        proxy.answer(status);
        String main = unconnected();

        Answer answer = bridge.apps(main, bridge.user(main, "refused")).expectProblem(503, "tenant-unreachable");

        assertThat(answer.detail()).contains("the proxy " + proxy.url(), found, remedy);
        JsonNode reachable = check(test(main), "reachable");
        assertThat(reachable.path("status").asString()).isEqualTo("failed");
        assertThat(reachable.path("detail").asString()).contains("the proxy " + proxy.url(), found);
        assertThat(reachable.path("remedy").asString()).contains(remedy);
    }

    @Test
    void callWhenTheProxyWantsAnotherLoginSaysWhichSettings() {
        proxy.want("somebody else");
        String main = unconnected();

        JsonNode reachable = check(test(main), "reachable");

        assertThat(reachable.path("detail").asString()).contains("answered 407").doesNotContain(SECRET);
        assertThat(reachable.path("remedy").asString()).contains("bridge.proxy.username", "bridge.proxy.password");
    }

    @Test
    void callWhenTheCertificateIsNotTrustedNamesItsIssuerAndTheProxy() {
        String main = bridge.connectTo(tenant, Map.of("host", "https://" + TENANT));

        JsonNode test = test(main);

        JsonNode check = check(test, "tls");
        assertThat(check.path("detail").asString()).as(test.toString()).contains("CN=behind");
        assertThat(check.path("remedy").asString()).contains("sslBundle", "the proxy " + proxy.url());
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere 127.0.0.2 is not at once there")
    void testWhenTheFirstAddressOfAHostIsDeadGoesOnToTheSecondAsCallsDo() {
        String main = bridge.connectTo(
                tenant,
                Map.of(
                        "host",
                        "http://" + TWO_ADDRESSES + ":"
                                + URI.create(tenant.url()).getPort()));
        String user = bridge.user(main, "two");

        bridge.apps(main, user).expect(200);

        JsonNode test = bridge.post("/api/v1/connections/" + main + "/test", Map.of("user", user))
                .expect(200)
                .json();
        assertThat(test.path("passed").asBoolean()).as(test.toString()).isTrue();
    }

    private static String behind() {
        return bridge.connectTo(tenant, Map.of("host", "https://" + TENANT, "sslBundle", "behind"));
    }

    /** There is no open connection to it that would be used again. */
    private static String unconnected() {
        return bridge.connectTo(tenant, Map.of("host", "https://" + Product.name("tenant") + ".behind.test"));
    }

    private static JsonNode test(String connection) {
        return bridge.post("/api/v1/connections/" + connection + "/test", Map.of())
                .expect(200)
                .json();
    }

    private static JsonNode check(JsonNode test, String name) {
        return test.path("checks")
                .valueStream()
                .filter(check -> check.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
