package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product.Answer;
import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.SimulatedTenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is to be asked of a bridge that knows nobody, at a tenant that knows no bridge, until a user sees apps. */
class FiveRequestsTests {

    /** Ten seconds are promised on a machine that does nothing else; this one may stand still for a while. */
    private static final Duration MOST = Duration.ofMinutes(2);

    private final List<Answer> answers = new ArrayList<>();

    @Test
    void appsOfAUserAreFiveRequestsAway() {
        Product bridge = Product.shared();
        String id = Product.name("main");
        String main = "/api/v1/connections/" + id;
        String ada = Product.name("ada");
        try (SimulatedTenant tenant = SimulatedTenant.start()) {
            tenant.apps("hr|4711", App.of("Sales report"));
            bridge.adminToken();
            long begun = System.nanoTime();

            done(bridge.put(
                    main,
                    Map.of(
                            "type",
                            "qlik-cloud",
                            "host",
                            tenant.url(),
                            "issuer",
                            Product.ISSUER,
                            "origin",
                            Product.ISSUER)));
            done(bridge.post(main + "/signing-keys", Map.of("kid", id, "generate", Map.of("bits", 4096))));
            done(bridge.post(main + "/setup", Map.of("authorization", Map.of("apiKey", tenant.adminToken()))));
            done(bridge.post("/api/v1/users", Map.of("username", ada, "subjects", Map.of(id, "hr|4711"))));
            Answer apps = done(bridge.apps(id, ada));

            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            assertThat(answers).hasSize(5);
            assertThat(answers.get(2).json().path("passed").asBoolean()).isTrue();
            assertThat(apps.text()).contains("Sales report");
            assertThat(took).isLessThan(MOST);
        }
    }

    private Answer done(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isBetween(200, 201);
        answers.add(answer);
        return answer;
    }
}
