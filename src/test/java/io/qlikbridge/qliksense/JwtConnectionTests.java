package io.qlikbridge.qliksense;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.TestSites;
import io.qlikbridge.sitesimulator.ServerCertificate;
import io.qlikbridge.sitesimulator.SignedOut;
import io.qlikbridge.sitesimulator.SimulatedSite;
import io.qlikbridge.sitesimulator.SiteApp;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A connection that signs in with JWTs through a virtual proxy. */
class JwtConnectionTests {

    private static final Product bridge = Product.shared();

    private static final SimulatedSite site = SimulatedSite.start();
    private String connection;
    private String ada;
    private String bob;

    @BeforeEach
    void connect() {
        site.reset();
        connection = TestSites.withJwt(bridge, site);
        ada = TestSites.user(bridge, "ada");
        bob = TestSites.user(bridge, "bob");
        site.apps(whole(ada), SiteApp.of("Sales").inStream("Everyone"));
        site.apps(whole(bob), SiteApp.of("Stock"));
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    void appsAreEachUsersOwn() {
        assertThat(names(bridge.apps(connection, ada).expect(200))).containsExactly("Sales");
        assertThat(names(bridge.apps(connection, bob).expect(200))).containsExactly("Stock");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sessionIsOneForAllCallsOfAUser(boolean newBuild) throws Exception {
        site.afterNovember2024(newBuild);

        try (var threads = Executors.newFixedThreadPool(64)) {
            List<Future<Integer>> calls = IntStream.range(0, 64)
                    .mapToObj(ignored ->
                            threads.submit(() -> bridge.apps(connection, ada).status()))
                    .toList();
            for (Future<Integer> call : calls) {
                assertThat(call.get()).isEqualTo(200);
            }
        }
        bridge.passed(connection, ada, "/qrs/app").expect(200);

        assertThat(site.sessionsOpened(whole(ada))).isEqualTo(1);
        assertThat(site.sessionsRefused()).isZero();
    }

    @ParameterizedTest
    @EnumSource(SignedOut.class)
    void sessionThatHasEndedIsFollowedByOneOtherHoweverTheSiteSaysSo(SignedOut said) {
        site.signedOut(said);
        bridge.apps(connection, ada).expect(200);
        bridge.passed(connection, bob, "/qrs/app").expect(200);
        site.endSessions(whole(ada));
        site.endSessions(whole(bob));

        assertThat(names(bridge.apps(connection, ada).expect(200))).containsExactly("Sales");
        bridge.passed(connection, bob, "/qrs/app").expect(200);

        assertThat(site.sessionsOpened(whole(ada))).isEqualTo(2);
        assertThat(site.sessionsOpened(whole(bob))).isEqualTo(2);
    }

    @Test
    void tokensAreNewForEachRequestAndGoodAtTheSite() {
        JsonNode first = bridge.token(connection, ada).expect(200).json();
        JsonNode second = bridge.token(connection, ada).expect(200).json();

        assertThat(first.path("token").asString())
                .isNotEqualTo(second.path("token").asString());
        assertThat(first.path("subject").asString()).isEqualTo(whole(ada));
        assertThat(first.path("host").asString()).isEqualTo(site.host() + "/bridge");
        assertThat(first.path("leaseId").isNull()).isTrue();
        assertThat(first.path("qlikUserId").isNull()).isTrue();
        assertThat(site.sessionsOpened(whole(ada))).isZero();
    }

    @Test
    void tokenThatIsToLastLongerThanTokensDoIsNotPossible() {
        String path = "/api/v1/connections/" + connection + "/token";
        bridge.post(path, Map.of("user", ada, "minValidity", "PT1H")).expect(200);
        bridge.post(path, Map.of("user", ada, "minValidity", "PT1H1S")).expectProblem(422, "validity-not-possible");
    }

    @Test
    void sessionIsEndedAtTheSiteWhenItsUserIsDisabled() {
        bridge.apps(connection, ada).expect(200);
        JsonNode user = bridge.get("/api/v1/users?username=" + ada)
                .expect(200)
                .json()
                .path("items")
                .path(0);

        bridge.put(
                        "/api/v1/users/" + user.path("id").asString(),
                        Map.of("username", ada, "enabled", false, "subjects", Map.of(connection, "ada")))
                .expect(200);

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(site.sessions(whole(ada))).isZero());
        bridge.apps(connection, ada).expectProblem(403, "user-disabled");
    }

    @Test
    void sessionIsEndedAtTheSiteWhenItIsRevoked() {
        bridge.apps(connection, ada).expect(200);

        bridge.post("/api/v1/leases/revoke", Map.of("user", ada)).expect(200);

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(site.logouts()).isEqualTo(1));
        assertThat(names(bridge.apps(connection, ada).expect(200))).containsExactly("Sales");
    }

    @Test
    void xrfkeyAndUserHeaderOfTheCallerAreDropped() {
        HttpRequest.Builder request = bridge.request(
                        "/qlik/" + connection + "/qrs/app?xrfkey=0123456789abcdef&Xrfkey=1", bridge.adminToken())
                .header("X-Bridge-User", ada)
                .header("X-Qlik-Xrfkey", "fedcba9876543210")
                .header("X-Qlik-User", "UserDirectory=LAB;UserId=" + bob);

        assertThat(bridge.exchange(request).expect(200).text())
                .contains("Sales")
                .doesNotContain("Stock");
        assertThat(site.calls("/bridge/qrs/app").getLast().toString()).doesNotContain("0123456789abcdef");
    }

    @Test
    void userWhomTheSiteDoesNotLetInIsToldFromATokenThatNobodyIsLetInWith() {
        site.disableUser(whole(ada));
        site.disableUser(whole(bob));
        bridge.apps(connection, ada).expectProblem(502, "assertion-refused");
        site.enableUser(whole(bob));
        bridge.apps(connection, bob).expect(200);

        assertThat(bridge.post("/api/v1/connections/" + connection + "/test", Map.of("user", ada))
                        .expect(200)
                        .json()
                        .path("checks")
                        .path(5)
                        .path("status")
                        .asString())
                .isEqualTo("failed");
        site.disableUser(whole(bob));
        site.endSessions(whole(bob));

        bridge.apps(connection, bob).expectProblem(502, "assertion-refused");
    }

    @Test
    void siteWithACompanyCertificateIsTrustedByTheRootOfTheCompany() {
        String company = site.companyCertificateAtProxy();

        assertThat(bridge.apps(connection, ada)
                        .expectProblem(503, "tenant-unreachable")
                        .detail())
                .contains("does not lead to the root that was uploaded");
        TestSites.upload(bridge, connection, Map.of("root", company.getBytes(StandardCharsets.US_ASCII)))
                .expect(200);
        bridge.apps(connection, ada).expect(200);
    }

    @Test
    void hostNameCheckWhenOffAndNoRootIsThereIsAsIfItWereOn() {
        String relaxed = TestSites.withJwt(bridge, site, Map.of("hostNameCheck", false));
        site.serverCertificate(ServerCertificate.OTHER_NAMES);
        bridge.apps(relaxed, ada).expect(200);

        bridge.delete("/api/v1/connections/" + relaxed + "/certificates").expect(204);

        bridge.apps(relaxed, bob).expectProblem(503, "tenant-unreachable");
    }

    @Test
    void connectionTestGoesTheWholeWay() {
        JsonNode report = bridge.post("/api/v1/connections/" + connection + "/test", Map.of("user", ada))
                .expect(200)
                .json();

        assertThat(report.path("passed").asBoolean()).as(report.toString()).isTrue();
        assertThat(report.path("checks").findValuesAsString("name"))
                .containsExactly("signing-key", "reachable", "tls", "clock", "sign-in", "user", "app-list");
    }

    private static String whole(String username) {
        return "LAB\\" + username;
    }

    private static List<String> names(Product.Answer apps) {
        return apps.json().path("items").findValuesAsString("name");
    }
}
