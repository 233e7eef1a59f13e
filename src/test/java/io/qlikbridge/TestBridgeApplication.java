package io.qlikbridge;

import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.OAuthClient;
import io.qlikbridge.simulator.SimulatedTenant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * The whole product on one machine: a database, a simulated Qlik tenant and a simulated Qlik Sense site, where two subjects have
 * different apps, and the bridge. Started by {@code ./mvnw spring-boot:test-run}; prints what to try.
 */
final class TestBridgeApplication {

    static final int TENANT_PORT = 8090;
    static final String TENANT_ADMIN = "tenant-admin";
    static final String ADMIN_SECRET = "try-the-bridge";

    private TestBridgeApplication() {}

    /** With {@code tenant} as the only argument, the simulated tenant alone. The one main method among the tests, or Maven asks which. */
    public static void main(String[] arguments) {
        if (List.of(arguments).equals(List.of("tenant"))) {
            DemoTenant.serve();
            return;
        }
        SimulatedTenant tenant = SimulatedTenant.start(TENANT_PORT, TENANT_ADMIN);
        furnish(tenant);
        start(DemoSite.start(), arguments);
    }

    /** What the lines to try expect at the tenant. */
    static void furnish(SimulatedTenant tenant) {
        tenant.apps("hr|4711", App.of("Sales report"), App.of("Finance dashboard"), App.of("Cash flow"));
        tenant.apps("hr|4712", App.of("Warehouse stock"));
        tenant.oauth().client(OAuthClient.impersonating("bridge", ADMIN_SECRET));
    }

    /** Starts the bridge for loopback use alone, since the secrets here are known to everybody. */
    private static void start(DemoSite site, String... arguments) {
        new SpringApplicationBuilder(BridgeApplication.class)
                .initializers(new WithoutTestClasses(), new TestDatabase())
                .properties(Map.of(
                        "server.address", "127.0.0.1",
                        "logging.level.io.zonky.test", "warn",
                        "bridge.access.admin-secret", ADMIN_SECRET,
                        "bridge.connections.allowed-hosts",
                                ".qlikcloud.com,.qlikcloudgov.com,http://127.0.0.1,localhost"))
                .listeners(
                        (ApplicationListener<ApplicationReadyEvent>)
                                ready -> System.out.println(
                                        "\nThe bridge is ready. "
                                                + whatToTryInABrowser()
                                                + "\nOr paste into another shell, line after line:\n\n"
                                                + whatToTry()
                                                + "\nThe same for a Qlik Sense site, which listens at "
                                                + site.address()
                                                + ":\n\n"
                                                + site.whatToTry()
                                                + "\nThe whole API to try is at http://127.0.0.1:8080/swagger-ui.html: Authorize as admin, try-the-bridge\n"))
                .run(arguments);
    }

    static String whatToTryInABrowser() {
        return read("/try-it-in-a-browser.txt");
    }

    static String whatToTry() {
        return read("/try-it.sh");
    }

    /** At the site of {@link DemoSite} on its own ports, after what is to be tried at the tenant. */
    static String whatToTryAtASite() {
        return read("/try-it-qlik-sense.sh");
    }

    private static String read(String resource) {
        try (InputStream script = TestBridgeApplication.class.getResourceAsStream(resource)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
