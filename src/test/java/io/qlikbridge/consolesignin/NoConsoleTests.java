package io.qlikbridge.consolesignin;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.TestDatabase;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** What is left of the console where it is switched off. */
class NoConsoleTests {

    private static Product bridge;
    private static ConfigurableApplicationContext started;

    @BeforeAll
    static void start() {
        ApplicationContextInitializer<ConfigurableApplicationContext> keep = context -> started = context;
        bridge = Product.start(TestDatabase.fresh(), Map.of("bridge.console.enabled", "false"), keep);
    }

    @AfterAll
    static void stop() {
        bridge.close();
    }

    @Test
    void noAddressLeadsToIt() {
        for (String path : new String[] {
            "/",
            "/console",
            "/console/",
            "/console/sign-in",
            "/console/overview",
            "/console/assets/console.css",
            "/console/audit.csv"
        }) {
            bridge.exchange(HttpRequest.newBuilder(URI.create(bridge.url() + path))
                            .header("Accept", "text/html"))
                    .expect(404);
        }
        bridge.get("/api/v1/connections").expect(200);
    }

    @Test
    void noPartOfItIsThere() {
        assertThat(Arrays.stream(started.getBeanDefinitionNames())
                        .filter(name -> started.getType(name, false) != null)
                        .filter(name -> started.getType(name, false).getName().startsWith("io.qlikbridge.console"))
                        .filter(name -> !name.startsWith("bridge.")))
                .isEmpty();
    }
}
