package io.qlikbridge.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.OneAtATime;
import io.qlikbridge.Product;
import io.qlikbridge.audit.WrittenAudit.Act;
import io.qlikbridge.audit.WrittenAudit.Row;
import io.qlikbridge.simulator.SimulatedTenant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who was told no leaves a row, unless nobody knows who it was. */
@OneAtATime
class AuditedRefusalsTests {

    private static final Product bridge = Product.undisturbed();
    private static final WrittenAudit audit = new WrittenAudit(bridge);

    private final String job = Product.name("job");
    private final String jobToken = jobToken();
    private final String chief = Product.name("chief");
    private String chiefToken;

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
    void equalRefusalsLeaveOneRowWhateverUserTheyName() {
        for (int each = 0; each < 40; each++) {
            bridge.send("GET", "/api/v1/connections/main/apps?user=x" + each, null, jobToken)
                    .expect(403);
        }

        assertThat(bridge.get("/api/v1/audit?limit=200&action=request.refuse&actor=client:" + job)
                        .json()
                        .path("items")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void refusalsOfOneCallerAreBoundedWhateverTheyAreFor() {
        for (int each = 0; each < 50; each++) {
            bridge.send("DELETE", "/api/v1/users/" + each, null, jobToken).expect(403);
        }

        assertThat(bridge.get("/api/v1/audit?limit=200&action=request.refuse&actor=client:" + job)
                        .json()
                        .path("items")
                        .size())
                .isEqualTo(RefusalCounts.MOST_ROWS);
    }

    @Test
    void changeThatFailsLeavesItsRefusalAlone() {
        String user = Product.name("twice");
        bridge.post("/api/v1/users", Map.of("username", user)).expect(201);

        Act twice = audit.as(adminToken(), "POST", "/api/v1/users", Map.of("username", user))
                .expect(409);
        Act unknown = audit.as(adminToken(), "DELETE", "/api/v1/connections/nobody-knows-it", null)
                .expect(404);
        Act invalid = audit.as(adminToken(), "PUT", "/api/v1/connections/main", Map.of("colour", "red"))
                .expect(400);
        Act method = audit.as(adminToken(), "POST", "/api/v1/audit", Map.of()).expect(405);

        assertRefused(twice, "client:" + chief, "user-exists", "POST", "/api/v1/users");
        assertRefused(
                unknown, "client:" + chief, "connection-not-found", "DELETE", "/api/v1/connections/nobody-knows-it");
        assertRefused(invalid, "client:" + chief, "invalid-request", "PUT", "/api/v1/connections/main");
        assertRefused(method, "client:" + chief, "method-not-allowed", "POST", "/api/v1/audit");
    }

    @Test
    void whatChangesNothingOrComesFromNobodyLeavesNoRow() {
        Act reading = audit.as(adminToken(), "GET", "/api/v1/connections/nobody-knows-it", null)
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

            Act token = audit.as(adminToken(), "POST", "/api/v1/connections/" + main + "/token", Map.of("user", user))
                    .expect(502);
            Act tooLong = audit.as(
                            adminToken(),
                            "POST",
                            "/api/v1/connections/" + main + "/token",
                            Map.of("user", user, "minValidity", "P900D"))
                    .expect(422);

            assertThat(token.rows()).extracting(Row::action).doesNotContain("request.refuse");
            assertRefused(
                    tooLong,
                    "client:" + chief,
                    "validity-not-possible",
                    "POST",
                    "/api/v1/connections/" + main + "/token");
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

    /** An admin of its own: refusals of one caller are counted, and others have some for {@code admin}. */
    private String adminToken() {
        if (chiefToken == null) {
            String secret = bridge.post(
                            "/api/v1/clients",
                            Map.of(
                                    "clientId",
                                    chief,
                                    "scopes",
                                    List.of("bridge.admin", "bridge.tokens"),
                                    "users",
                                    List.of("*")))
                    .expect(201)
                    .json()
                    .path("secret")
                    .asString();
            chiefToken = bridge.accessToken(chief, secret, null);
        }
        return chiefToken;
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
