package io.qlikbridge.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.BridgeApplication;
import io.qlikbridge.TestDatabase;
import io.qlikbridge.TestHttp;
import io.qlikbridge.TestVaultKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** Replicas that start at once on an empty database. */
@ExtendWith(OutputCaptureExtension.class)
@Isolated("reads all that is printed")
class ReplicasTests {

    private static final Pattern PRINTED = Pattern.compile("client secret +([A-Za-z0-9_-]{43})\\s");

    private final Map<String, Object> database = TestDatabase.empty();
    private final List<ConfigurableApplicationContext> running = new ArrayList<>();

    @AfterEach
    void stop() {
        running.forEach(ConfigurableApplicationContext::close);
    }

    @Test
    void replicasShareOneKeyAndOneAdmin(CapturedOutput output) throws Exception {
        List<TestHttp> replicas = startTwo();

        Matcher printed = PRINTED.matcher(output.getOut());
        assertThat(printed.find()).isTrue();
        String secret = printed.group(1);
        assertThat(printed.find()).as("printed once").isFalse();
        assertThat(replicas.get(0).get("/oauth2/jwks", null).body())
                .isEqualTo(replicas.get(1).get("/oauth2/jwks", null).body());
        String token = renewed(replicas.get(0), replicas.get(1), secret);
        assertThat(replicas.get(1).get("/api/v1/clients", token).status()).isEqualTo(200);
        assertThat(replicas.get(1).get("/api/v1/clients", token).json().get("items"))
                .hasSize(1);

        int before = output.getOut().length();
        TestHttp restarted = start(Map.of());
        assertThat(output.getOut().substring(before)).doesNotContain("client secret");
        assertThat(restarted.get("/api/v1/clients", token).status()).isEqualTo(200);

        TestHttp configured = start(Map.of("bridge.access.admin-secret", "the-operator-wins"));
        assertThat(configured.token("admin", "the-operator-wins")).isNotBlank();
        assertThat(replicas.get(0)
                        .tokenRequest("admin", secret, "grant_type=client_credentials")
                        .status())
                .isEqualTo(401);
        assertThat(output.getOut()).doesNotContain("the-operator-wins");
    }

    /** The first admin's secret is renewed with the first one, which does nothing else; a token of the secret that is kept. */
    private static String renewed(TestHttp replica, TestHttp other, String first) {
        String renewal = "/api/v1/clients/admin/secret";
        String limited = replica.token("admin", first);
        for (TestHttp one : List.of(replica, other)) {
            for (String path : List.of(
                    "/api/v1/me",
                    "/api/v1/clients",
                    "/api/v1/users",
                    "/qlik/main/api/v1/items",
                    renewal,
                    "/actuator/info")) {
                TestHttp.Answer refused = one.get(path, limited);
                assertThat(refused.status()).as(path).isEqualTo(403);
                assertThat(refused.code()).isEqualTo("forbidden");
                assertThat(refused.detail()).contains("POST " + renewal);
            }
            assertThat(one.post("/api/v1/clients/other/secret", limited, null).code())
                    .isEqualTo("forbidden");
            assertThat(one.post("/api/v1/clients", limited, "{}").code()).isEqualTo("forbidden");
        }
        String kept = replica.post(renewal, limited, null).json().get("secret").asString();

        assertThat(replica.post(renewal, limited, null).status())
                .as("whoever has the first one as well renews nothing any more")
                .isEqualTo(401);
        assertThat(replica.tokenRequest("admin", first, "grant_type=client_credentials")
                        .status())
                .isEqualTo(401);
        return replica.token("admin", kept);
    }

    private List<TestHttp> startTwo() throws Exception {
        Callable<TestHttp> replica = () -> start(Map.of());
        List<TestHttp> started = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (Future<TestHttp> one : threads.invokeAll(List.of(replica, replica))) {
                started.add(one.get());
            }
        }
        return started;
    }

    private TestHttp start(Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(database);
        properties.put("server.port", "0");
        properties.put("bridge.vault.keys", TestVaultKeys.K1);
        properties.putAll(more);
        ConfigurableApplicationContext context = new SpringApplicationBuilder(BridgeApplication.class)
                .initializers(new TestDatabase())
                .properties(properties)
                .run();
        synchronized (running) {
            running.add(context);
        }
        return new TestHttp(Integer.parseInt(context.getEnvironment().getProperty("local.server.port")));
    }
}
