package io.qlikbridge.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.audit.AuditLog.Act;
import io.qlikbridge.audit.AuditLog.Row;
import io.qlikbridge.simulator.SimulatedTenant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who was told no leaves a row, unless nobody knows who it was. */
class AuditedRefusalsTests {

    private static final Product bridge = Product.shared();
    private static final AuditLog audit = new AuditLog(bridge);

    private final String job = Product.name("job");
    private final String jobToken = jobToken();

    @Test
    void refusalForWantOfAScopeIsAudited() {
        Act list = audit.as(jobToken, "GET", "/api/v1/audit?user=ada", null).expect(403);
        Act deletion = audit.as(jobToken, "DELETE", "/api/v1/connections/main/signing-keys/one", null)
                .expect(403);

        assertRefused(list, "client:" + job, "forbidden", "GET", "/api/v1/audit");
        assertThat(list.row().connection()).isNull();
        assertRefused(deletion, "client:" + job, "forbidden", "DELETE", "/api/v1/connections/main/signing-keys/one");
        assertThat(deletion.row().connection()).isEqualTo("main");
    }

    @Test
    void refusalToActForAUserIsAuditedWithTheUser() {
        Act token = audit.as(jobToken, "POST", "/api/v1/connections/main/token", Map.of("user", "bob"))
                .expect(403);
        Act apps = audit.as(jobToken, "GET", "/api/v1/connections/main/apps?user=bob", null)
                .expect(403);

        assertRefused(token, "client:" + job, "forbidden", "POST", "/api/v1/connections/main/token");
        assertThat(token.row().user()).isEqualTo("bob");
        assertThat(token.row().connection()).isEqualTo("main");
        assertThat(apps.row().user()).isEqualTo("bob");
        assertThat(apps.row().detail("path")).isEqualTo("/api/v1/connections/main/apps");
    }

    @Test
    void changeThatFailsLeavesItsRefusalAlone() {
        String user = Product.name("twice");
        bridge.post("/api/v1/users", Map.of("username", user)).expect(201);

        Act twice =
                audit.asAdmin("POST", "/api/v1/users", Map.of("username", user)).expect(409);
        Act unknown = audit.asAdmin("DELETE", "/api/v1/connections/nobody-knows-it", null)
                .expect(404);
        Act invalid = audit.asAdmin("PUT", "/api/v1/connections/main", Map.of("colour", "red"))
                .expect(400);
        Act method = audit.asAdmin("POST", "/api/v1/audit", Map.of()).expect(405);

        assertRefused(twice, "client:admin", "user-exists", "POST", "/api/v1/users");
        assertRefused(unknown, "client:admin", "connection-not-found", "DELETE", "/api/v1/connections/nobody-knows-it");
        assertRefused(invalid, "client:admin", "invalid-request", "PUT", "/api/v1/connections/main");
        assertRefused(method, "client:admin", "method-not-allowed", "POST", "/api/v1/audit");
    }

    @Test
    void whatChangesNothingOrComesFromNobodyLeavesNoRow() {
        Act reading = audit.asAdmin("GET", "/api/v1/connections/nobody-knows-it", null)
                .expect(404);
        Act nobody = audit.as(null, "DELETE", "/api/v1/connections/main", null).expect(401);
        Act stranger = audit.as("no-token-of-ours", "DELETE", "/api/v1/connections/main", null)
                .expect(401);

        assertThat(reading.rows()).isEmpty();
        assertThat(nobody.rows()).isEmpty();
        assertThat(stranger.rows()).isEmpty();
    }

    @Test
    void tokenThatTheTenantDoesNotGiveIsNotToldTwice() {
        try (SimulatedTenant tenant = SimulatedTenant.start()) {
            String main = bridge.connectTo(tenant, Map.of("issuer", "https://unknown.example.org"));
            String user = bridge.user(main, "audit|refused");

            Act token = audit.asAdmin("POST", "/api/v1/connections/" + main + "/token", Map.of("user", user))
                    .expect(502);
            Act tooLong = audit.asAdmin(
                            "POST",
                            "/api/v1/connections/" + main + "/token",
                            Map.of("user", user, "minValidity", "P900D"))
                    .expect(422);

            assertThat(token.rows()).extracting(Row::action).doesNotContain("request.refuse");
            assertRefused(
                    tooLong, "client:admin", "validity-not-possible", "POST", "/api/v1/connections/" + main + "/token");
            assertThat(tooLong.row().user()).isEqualTo(user);
        }
    }

    private static void assertRefused(Act act, String actor, String code, String method, String path) {
        Row row = act.row();
        assertThat(row.action()).isEqualTo("request.refuse");
        assertThat(row.outcome()).isEqualTo("failure");
        assertThat(row.actor()).isEqualTo(actor);
        assertThat(row.request()).isEqualTo(act.request());
        assertThat(row.detail("code")).isEqualTo(code);
        assertThat(row.detail("method")).isEqualTo(method);
        assertThat(row.detail("path")).isEqualTo(path);
    }

    private String jobToken() {
        String secret = bridge.post(
                        "/api/v1/clients",
                        Map.of(
                                "clientId",
                                job,
                                "scopes",
                                List.of("bridge.tokens", "bridge.apps"),
                                "users",
                                List.of("ada")))
                .expect(201)
                .json()
                .path("secret")
                .asString();
        return bridge.accessToken(job, secret, null);
    }
}
