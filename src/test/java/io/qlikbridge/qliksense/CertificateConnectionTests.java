package io.qlikbridge.qliksense;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.TestSites;
import io.qlikbridge.sitesimulator.BadDay;
import io.qlikbridge.sitesimulator.ServerCertificate;
import io.qlikbridge.sitesimulator.SimulatedSite;
import io.qlikbridge.sitesimulator.SiteApp;
import io.qlikbridge.sitesimulator.SiteExport;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A connection that signs in with the certificates of a site. */
class CertificateConnectionTests {

    private static final Product bridge = Product.shared();

    private static final SimulatedSite site = SimulatedSite.start();
    private String connection;
    private String ada;
    private String bob;

    @BeforeEach
    void connect() {
        site.reset();
        connection = TestSites.withCertificates(bridge, site);
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
    void appsAreEachUsersOwnAndNothingIsLeased() {
        assertThat(names(bridge.apps(connection, ada).expect(200))).containsExactly("Sales");
        assertThat(names(bridge.apps(connection, bob).expect(200))).containsExactly("Stock");

        assertThat(bridge.get("/api/v1/leases?connection=" + connection)
                        .expect(200)
                        .json()
                        .path("items"))
                .isEmpty();
    }

    @Test
    void readIsPassedOnAsTheUserWithThePairOfTheBridge() {
        HttpRequest.Builder request = bridge.request(
                        "/qlik/" + connection + "/qrs/about?xrfkey=0123456789abcdef&privileges=true",
                        bridge.adminToken())
                .header("X-Bridge-User", ada)
                .header("X-Qlik-Xrfkey", "fedcba9876543210")
                .header("X-Qlik-User", "UserDirectory=LAB; UserId=" + bob);

        assertThat(bridge.exchange(request)
                        .expect(200)
                        .json()
                        .path("schemaPath")
                        .asString())
                .isEqualTo("About");

        var call = site.calls("/qrs/about").getLast();
        assertThat(call.header("X-Qlik-User")).hasValue("UserDirectory=LAB; UserId=" + ada);
        assertThat(call.parameters("xrfkey")).hasSize(1).doesNotContain("0123456789abcdef");
        assertThat(call.header("X-Qlik-Xrfkey")).isEqualTo(call.parameter("xrfkey"));
        assertThat(call.parameter("privileges")).hasValue("true");
    }

    @Test
    void userIsNamedPercentEncoded() {
        site.apps("LAB NORD\\jörg; o'neil=1", SiteApp.of("Accounts"));
        String joerg = Product.name("joerg");
        bridge.post(
                        "/api/v1/users",
                        Map.of("username", joerg, "subjects", Map.of(connection, "LAB NORD\\jörg; o'neil=1")))
                .expect(201);

        assertThat(names(bridge.apps(connection, joerg).expect(200))).containsExactly("Accounts");
        assertThat(site.calls("/qrs/app").getLast().header("X-Qlik-User").orElseThrow())
                .startsWith("UserDirectory=LAB%20NORD; UserId=j%C3%B6rg%3B%20o");
    }

    @Test
    void tokenIsNotOffered() {
        assertThat(bridge.token(connection, ada)
                        .expectProblem(422, "token-not-offered")
                        .detail())
                .contains("/qlik/" + connection + "/qrs/", "signIn jwt");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404})
    void userWhomTheSiteDoesNotKnowIsToldHoweverTheSiteSaysSo(int status) {
        site.unknownUserStatus(status);
        String eve = TestSites.user(bridge, "eve");

        bridge.apps(connection, eve).expectProblem(502, "user-not-at-tenant");
        bridge.passed(connection, eve, "/qrs/app").expectProblem(502, "user-not-at-tenant");
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void appOfAnotherUserIsRefusedAsTheSiteRefusesIt(int status) {
        site.foreignAppStatus(status);
        String stocks = bridge.apps(connection, bob)
                .expect(200)
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asString();

        bridge.passed(connection, bob, "/qrs/app/" + stocks).expect(200);
        bridge.passed(connection, ada, "/qrs/app/" + stocks).expect(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/qrs/app/export",
                "/qrs/user",
                "/qrs/dataconnection/full",
                "/qrs/app/full/",
                "/qps/user",
                "/api/v1/items",
                "/qrs/app/11111111-2222-4333-8444-555555555555/data"
            })
    void pathThatIsNotListedIsNotFoundWithoutACall(String path) {
        site.forgetCalls();

        bridge.passed(connection, ada, path).expect(404);

        assertThat(site.calls()).isEmpty();
    }

    @Test
    void certificatesWhenMissingAreAskedFor() {
        bridge.delete("/api/v1/connections/" + connection + "/certificates").expect(204);

        bridge.apps(connection, ada).expectProblem(409, "certificates-missing");
        bridge.passed(connection, ada, "/qrs/about").expectProblem(409, "certificates-missing");
    }

    @ParameterizedTest
    @EnumSource(
            value = ServerCertificate.class,
            names = {"EXPIRED", "OTHER_NAMES", "FOR_CLIENTS", "SELF_SIGNED"})
    void siteWithABadCertificateIsNotTalkedTo(ServerCertificate bad) {
        site.serverCertificate(bad);

        String detail = bridge.apps(connection, ada)
                .expectProblem(503, "tenant-unreachable")
                .detail();

        assertThat(detail)
                .contains(
                        switch (bad) {
                            case EXPIRED -> "has expired";
                            case OTHER_NAMES -> "sense-node-1";
                            case FOR_CLIENTS -> "not for servers";
                            default -> "does not lead to the root that was uploaded";
                        });
    }

    @Test
    void hostNameCheckWhenOffRelaxesTheNameAlone() {
        String relaxed = TestSites.withCertificates(bridge, site, Map.of("hostNameCheck", false));
        site.serverCertificate(ServerCertificate.OTHER_NAMES);

        bridge.apps(connection, ada).expectProblem(503, "tenant-unreachable");
        assertThat(names(bridge.apps(relaxed, ada).expect(200))).containsExactly("Sales");
        assertThat(bridge.get("/api/v1/connections/" + relaxed)
                        .expect(200)
                        .json()
                        .path("warnings")
                        .toString())
                .contains("host-name check");

        site.serverCertificate(ServerCertificate.EXPIRED);
        bridge.apps(relaxed, ada).expectProblem(503, "tenant-unreachable");
        site.serverCertificate(ServerCertificate.SELF_SIGNED);
        bridge.apps(relaxed, ada).expectProblem(503, "tenant-unreachable");
    }

    @Test
    void certificatesMadeAnewAreTold() {
        bridge.apps(connection, ada).expect(200);
        site.recreateCertificates();
        site.dropConnections();

        assertThat(bridge.apps(connection, ada)
                        .expectProblem(503, "tenant-unreachable")
                        .detail())
                .contains("were made anew");

        TestSites.uploadExport(bridge, site, connection).expect(200);
        bridge.apps(connection, ada).expect(200);
    }

    @Test
    void clientCertificateOfAnotherSiteIsTold() {
        SiteExport others = SimulatedSite.exportOfAnotherSite(SiteExport.Form.PEM);
        // its own root, so that it is taken, and the site's, so that the site is trusted
        TestSites.upload(
                        bridge,
                        connection,
                        Map.of(
                                "client", others.file("client.pem"),
                                "clientKey", others.file("client_key.pem"),
                                "root", others.file("root.pem")))
                .expect(200);

        assertThat(bridge.apps(connection, ada)
                        .expectProblem(503, "tenant-unreachable")
                        .detail())
                .contains("another site");
    }

    @Test
    void newCertificatesReplaceTheOldWithoutAFailedRequest() throws Exception {
        AtomicBoolean going = new AtomicBoolean(true);
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Future<Integer>> readers = IntStream.range(0, 8)
                    .mapToObj(ignored -> threads.submit(() -> {
                        int reads = 0;
                        while (going.get() || reads == 0) {
                            bridge.apps(connection, ada).expect(200);
                            reads++;
                        }
                        return reads;
                    }))
                    .toList();
            for (int upload = 0; upload < 3; upload++) {
                TestSites.uploadExport(bridge, site, connection).expect(200);
            }
            going.set(false);
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        }
    }

    @Test
    void appsOfTenThousandAreListedPageByPage() {
        site.apps(whole(ada), SiteApp.many(10_000));
        String path = "/api/v1/connections/" + connection + "/apps?user=" + ada + "&sort=-name&limit=100";

        JsonNode first = bridge.get(path).expect(200).json();
        JsonNode second = bridge.get(
                        path + "&after=" + Product.encoded(first.path("next").asString()))
                .expect(200)
                .json();

        List<String> names = new ArrayList<>(first.path("items").findValuesAsString("name"));
        names.addAll(second.path("items").findValuesAsString("name"));
        assertThat(names)
                .hasSize(200)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(String.CASE_INSENSITIVE_ORDER.reversed());
    }

    @Test
    void forgedRequestRefusalSaysSo() {
        site.badDay(BadDay.XSRF);

        assertThat(bridge.apps(connection, ada)
                        .expectProblem(502, "tenant-refused")
                        .detail())
                .contains("XSRF", "xrfkey");
    }

    @ParameterizedTest
    @EnumSource(
            value = BadDay.class,
            names = {"HTML", "REDIRECT"})
    void pageInPlaceOfADocumentIsNotRead(BadDay day) {
        site.badDay(day);

        bridge.apps(connection, ada).expectProblem(502, "tenant-answer-unreadable");
        bridge.passed(connection, ada, "/qrs/app").expectProblem(502, "tenant-answer-unreadable");
    }

    private static String whole(String username) {
        return "LAB\\" + username;
    }

    private static List<String> names(Product.Answer apps) {
        return apps.json().path("items").findValuesAsString("name");
    }
}
