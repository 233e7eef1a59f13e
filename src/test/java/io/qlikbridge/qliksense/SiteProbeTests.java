package io.qlikbridge.qliksense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.qlikbridge.Product;
import io.qlikbridge.TestSites;
import io.qlikbridge.sitesimulator.BadDay;
import io.qlikbridge.sitesimulator.ServerCertificate;
import io.qlikbridge.sitesimulator.SimulatedSite;
import io.qlikbridge.sitesimulator.SiteApp;
import io.qlikbridge.sitesimulator.SiteExport;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What a connection test says of sites where something is wrong: each has a detail and a remedy of its own. */
class SiteProbeTests {

    private static final Product bridge = Product.shared();

    private static final SimulatedSite site = SimulatedSite.start();
    private final String ada = TestSites.user(bridge, "ada");

    @BeforeEach
    void reset() {
        site.reset();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    void certificateConnectionThatIsWellPassesInOrder() {
        site.apps("LAB\\" + ada, SiteApp.of("Sales"));
        site.buildVersion("31.43.0.0");
        String connection = TestSites.withCertificates(bridge, site);

        JsonNode report = test(connection, ada);

        assertThat(report.path("passed").asBoolean()).as(report.toString()).isTrue();
        assertThat(report.path("checks").findValuesAsString("name"))
                .containsExactly("certificates", "reachable", "tls", "clock", "sign-in", "user", "app-list");
        assertThat(check(report, "sign-in").path("detail").asString()).contains("31.43.0.0");
        assertThat(check(report, "app-list").path("detail").asString()).contains("Sales");
    }

    @Test
    void testWithoutAUserEndsBeforeTheStepsThatNeedOne() {
        String connection = TestSites.withCertificates(bridge, site);

        JsonNode report = test(connection, null);

        assertThat(report.path("passed").asBoolean()).as(report.toString()).isTrue();
        assertThat(check(report, "tls").path("status").asString()).isEqualTo("passed");
        assertThat(check(report, "sign-in").path("status").asString()).isEqualTo("skipped");
    }

    @Test
    void keyThatDoesNotOpenIsToldWithWhatToDo() {
        site.apps("LAB\\" + ada, SiteApp.of("Sales"));
        String connection = TestSites.withCertificates(bridge, site);
        bridge.bean(JdbcClient.class)
                .sql(
                        "update site_certificate set nonce = decode('000000000000000000000000', 'hex') where connection_id = ?")
                .param(connection)
                .update();

        await().atMost(Duration.ofSeconds(30))
                .until(() -> check(test(connection, ada), "certificates")
                        .path("status")
                        .asString()
                        .equals("failed"));
        assertThat(failed(connection, "certificates", "does not open")).contains("bridge.vault.keys");
    }

    @Test
    void eachFaultHasItsOwnDetailAndRemedy() {
        Set<String> remedies = new HashSet<>();
        site.apps("LAB\\" + ada, SiteApp.of("Sales"));

        String certificates = TestSites.withCertificates(bridge, site);
        String jwt = TestSites.withJwt(bridge, site);

        bridge.delete("/api/v1/connections/" + certificates + "/certificates").expect(204);
        remedies.add(failed(certificates, "certificates", "no certificates"));
        TestSites.uploadExport(bridge, site, certificates).expect(200);

        site.serverCertificate(ServerCertificate.OTHER_NAMES);
        remedies.add(failed(certificates, "tls", "sense-node-1"));
        site.serverCertificate(ServerCertificate.EXPIRED);
        failed(certificates, "tls", "expired");
        site.serverCertificate(ServerCertificate.GOOD);

        site.recreateCertificates();
        site.dropConnections();
        remedies.add(failed(certificates, "tls", "made anew"));
        TestSites.uploadExport(bridge, site, certificates).expect(200);
        SiteExport export = site.export(SiteExport.Form.WINDOWS, null);
        TestSites.upload(bridge, jwt, Map.of("root", export.file("root.cer"))).expect(200);

        site.badDay(BadDay.XSRF);
        remedies.add(failed(certificates, "sign-in", "XSRF"));
        site.badDay(BadDay.HTML);
        remedies.add(failed(certificates, "sign-in", "web page"));
        remedies.add(failed(jwt, "sign-in", "page to sign in on"));
        site.badDay(BadDay.NONE);

        site.forgetUser("LAB\\" + ada);
        remedies.add(failed(certificates, "user", "does not know LAB\\" + ada));
        site.apps("LAB\\" + ada, SiteApp.of("Sales"));

        site.clockSkew(Duration.ofMinutes(-10));
        remedies.add(failed(jwt, "clock", "behind"));
        site.clockSkew(Duration.ZERO);

        site.virtualProxy("bridge").userIdClaim("user").userDirectoryClaim("directory");
        remedies.add(failed(jwt, "sign-in", "the names are not"));
        site.virtualProxy("bridge")
                .userIdClaim("userId")
                .userDirectoryClaim("userDirectory")
                .audience("sense");
        remedies.add(failed(jwt, "sign-in", "refused the token"));
        site.virtualProxy("bridge").audience(null).allowedHosts("elsewhere.example.com");
        remedies.add(failed(jwt, "sign-in", "allow list"));
        site.virtualProxy("bridge").allowedHosts("localhost").linked(false);
        remedies.add(failed(jwt, "sign-in", "has not linked it"));

        assertThat(remedies).hasSize(12).doesNotContain("");
    }

    /** The remedy of the one step that failed. */
    private String failed(String connection, String step, String detail) {
        JsonNode report = test(connection, ada);
        JsonNode check = check(report, step);
        assertThat(check.path("status").asString()).as(report.toString()).isEqualTo("failed");
        assertThat(check.path("detail").asString()).contains(detail);
        return check.path("remedy").asString("");
    }

    private static JsonNode test(String connection, @Nullable String user) {
        return bridge.post(
                        "/api/v1/connections/" + connection + "/test", user == null ? Map.of() : Map.of("user", user))
                .expect(200)
                .json();
    }

    private static JsonNode check(JsonNode report, String name) {
        for (JsonNode check : report.path("checks")) {
            if (check.path("name").asString().equals(name)) {
                return check;
            }
        }
        throw new AssertionError(name + " is not among " + report);
    }
}
