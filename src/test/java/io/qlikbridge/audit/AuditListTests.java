package io.qlikbridge.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.OneAtATime;
import io.qlikbridge.Product;
import io.qlikbridge.simulator.SimulatedTenant;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@OneAtATime
class AuditListTests {

    private final Product bridge = Product.undisturbed();
    private final WrittenAudit audit = new WrittenAudit(bridge);

    @Test
    void listShowsEachEventWithTheFieldsOfTheContract() {
        String connection = Product.name("listed");
        Instant before = Instant.now();
        audit.asAdmin("PUT", "/api/v1/connections/" + connection, AuditedActsTests.settings("P30D"))
                .expect(201);

        JsonNode list = list("connection=" + connection);

        assertThat(list.path("next").isNull()).isTrue();
        assertThat(list.path("items").size()).isEqualTo(1);
        JsonNode event = list.path("items").get(0);
        assertThat(event.propertyNames())
                .containsExactly(
                        "id", "at", "actor", "action", "connection", "user", "outcome", "requestId", "details");
        assertThat(event.path("user").isNull()).isTrue();
        assertThat(event.path("details").toString()).isEqualTo("{}");
        assertThat(Instant.parse(event.path("at").asString()))
                .isBetween(before.minus(Duration.ofMillis(1)), Instant.now());
    }

    @Test
    void listIsPagedFromTheNewestToTheOldest() {
        String connection = Product.name("listed");
        String path = "/api/v1/connections/" + connection;
        List<String> requests = new ArrayList<>();
        for (String expiry : List.of("P5D", "P4D", "P3D", "P2D", "P1D")) {
            requests.addFirst(audit.asAdmin("PUT", path, AuditedActsTests.settings(expiry))
                    .request());
        }

        List<String> shown = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = list("connection=" + connection + "&limit=2" + after);
            page.path("items")
                    .forEach(event -> shown.add(event.path("requestId").asString()));
            sizes.add(page.path("items").size());
            after = page.path("next").isNull()
                    ? ""
                    : "&after=" + page.path("next").asString();
        } while (!after.isEmpty());

        assertThat(shown).isEqualTo(requests);
        assertThat(sizes).containsExactly(2, 2, 1);
    }

    @Test
    void listWhenFilteredShowsWhatFitsAllFilters() {
        String user = Product.name("listed");
        String created =
                audit.asAdmin("POST", "/api/v1/users", Map.of("username", user)).request();
        String connection = Product.name("listed");
        String refused = audit.asAdmin("POST", "/api/v1/connections/" + connection + "/token", Map.of("user", user))
                .request();

        assertThat(requests("user=" + user)).containsExactly(refused, created);
        assertThat(requests("user=" + user + "&action=user.create")).containsExactly(created);
        assertThat(requests("user=" + user + "&action=user.create&actor=client:admin"))
                .containsExactly(created);
        assertThat(requests("user=" + user + "&actor=bridge")).isEmpty();
        assertThat(requests("connection=" + connection)).containsExactly(refused);
        assertThat(requests("connection=" + connection + "&action=user.create")).isEmpty();
        // others call as this client meanwhile
        assertThat(requests("user=" + user + "&actor=client:admin&limit=1")).containsExactly(refused);
    }

    @ParameterizedTest
    @CsvSource({
        "actor=a%00b, actor",
        "user=a%0Ab, user",
        "connection=%1B, connection",
        "action=user.vanish, action",
        "action=a%00, action",
        "limit=0, limit",
        "after=bm8, after"
    })
    void listWhenAFilterCannotBeIsInvalid(String query, String pointer) {
        Product.Answer answer = bridge.get("/api/v1/audit?" + query).expectProblem(400, "invalid-request");

        assertThat(answer.json().at("/errors/0/pointer").asString()).isEqualTo(pointer);
    }

    @Test
    void noRowHoldsASecret() throws Exception {
        List<String> secrets = new ArrayList<>();
        try (SimulatedTenant tenant = SimulatedTenant.start()) {
            String main = bridge.connectTo(tenant);
            secrets.addAll(upload(main));
            String user = bridge.user(main, "audit|secrets");
            secrets.add(
                    bridge.token(main, user).expect(200).json().path("token").asString());
            bridge.post("/api/v1/connections/" + main + "/test", Map.of("user", user))
                    .expect(200);
            String job = Product.name("job");
            String secret = secretOf(
                    bridge.post("/api/v1/clients", Map.of("clientId", job, "scopes", List.of("bridge.tokens"))));
            secrets.add(secret);
            String jobToken = bridge.accessToken(job, secret, null);
            secrets.add(jobToken);
            bridge.send("GET", "/api/v1/users?query=" + jobToken, null, jobToken)
                    .expect(403);
            secrets.add(secretOf(bridge.post("/api/v1/clients/" + job + "/secret", Map.of())));
            bridge.send("PUT", "/api/v1/connections/" + main, "{\"password\": \"" + secret + "\"}", bridge.adminToken())
                    .expect(400);
        }
        secrets.add(bridge.adminToken());
        secrets.add(bridge.bean(Environment.class).getProperty("bridge.access.admin-secret"));

        List<String> rows = bridge.bean(JdbcClient.class)
                .sql("select to_jsonb(e)::text from audit_event e")
                .query(String.class)
                .list();

        assertThat(secrets)
                .hasSizeGreaterThan(20)
                .allSatisfy(secret -> assertThat(secret).hasSizeGreaterThan(15));
        assertThat(rows).hasSizeGreaterThan(8).noneMatch(row -> secrets.stream().anyMatch(row::contains));
    }

    /** The lines of the private key. */
    private List<String> upload(String connection) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        bridge.exchange(bridge.request(
                                "/api/v1/connections/" + connection + "/signing-keys?kid=by-pem", bridge.adminToken())
                        .header("Content-Type", "application/x-pem-file")
                        .POST(BodyPublishers.ofString(
                                "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n")))
                .expect(201);
        return base64.lines().filter(line -> line.length() == 64).toList();
    }

    private static String secretOf(Product.Answer answer) {
        return answer.json().path("secret").asString();
    }

    private JsonNode list(String query) {
        return bridge.get("/api/v1/audit?" + query).expect(200).json();
    }

    private List<String> requests(String query) {
        List<String> requests = new ArrayList<>();
        list(query)
                .path("items")
                .forEach(event -> requests.add(event.path("requestId").asString()));
        return requests;
    }
}
