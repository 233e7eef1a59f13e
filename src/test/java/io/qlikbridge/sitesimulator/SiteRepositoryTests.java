package io.qlikbridge.sitesimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.qlikbridge.sitesimulator.SiteClient.Reply;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SiteRepositoryTests {

    private static final String ADA = "LAB\\ada";
    private static final String BOB = "LAB\\bob";
    private static final SiteApp SALES =
            SiteApp.of("Sales").inStream("Everyone").tagged("yearly").describedAs("What was sold");
    private static final SiteApp DRAFT = SiteApp.of("Draft").neverReloaded();
    private static final SiteApp MONITOR =
            SiteApp.of("Monitor").inStream("Everyone").outsideTheHub();

    private static SimulatedSite site;
    private SiteClient client;

    @BeforeAll
    static void start() {
        site = SimulatedSite.start();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @BeforeEach
    void reset() {
        site.reset();
        site.apps(ADA, SALES, DRAFT, MONITOR);
        site.apps(BOB, SiteApp.of("Stock").inStream("Everyone"));
        client = SiteClient.of(site);
    }

    @Test
    void aboutTellsTheBuildAndItsSchema() {
        Reply about = client.asked(site, "/qrs/about", ADA);

        assertThat(about.status()).isEqualTo(200);
        assertThat(about.header("Content-Type")).startsWith("application/json");
        assertThat(about.json().path("schemaPath").asString()).isEqualTo("About");
        assertThat(about.json().path("buildVersion").asString()).isEqualTo("31.43.0.0");
    }

    @Test
    void callWithoutClientCertificateIsDropped() {
        SiteClient without = SiteClient.withoutCertificate(site);

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> without.asked(site, "/qrs/about", ADA));
        assertThat(site.calls()).isEmpty();
    }

    @Test
    void callWithAnotherSitesCertificateIsDropped() {
        SiteClient stranger = SiteClient.with(
                SimulatedSite.exportOfAnotherSite(SiteExport.Form.WINDOWS),
                site.export(SiteExport.Form.WINDOWS).file("root.cer"));

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> stranger.asked(site, "/qrs/about", ADA));
        assertThat(site.calls()).isEmpty();
    }

    @Test
    void virtualProxysPrefixIsUnknownHere() {
        assertThat(client.asked(site, "/bridge/qrs/about", ADA).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "0123456789abcde, 0123456789abcde",
        "0123456789abcdef, 0123456789abcdeg",
        "0123456789abcdef0, 0123456789abcdef0",
        "0123456789abcde-, 0123456789abcde-",
        "'', 0123456789abcdef",
        "0123456789abcdef, ''"
    })
    void callWithoutAPairOfKeysIsForbidden(String header, String parameter) {
        Reply refused = client.get(
                "https://localhost:" + site.repositoryPort() + "/qrs/about?xrfkey=" + parameter,
                "X-Qlik-Xrfkey",
                header,
                "X-Qlik-User",
                "UserDirectory=LAB;UserId=ada");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).isEqualTo("XSRF prevention check failed. Possible XSRF discovered.");
    }

    @Test
    void namesOfThePairMayBeInAnyCase() {
        Reply about = client.get(
                "https://localhost:" + site.repositoryPort() + "/qrs/about?Xrfkey=" + SiteClient.KEY,
                "x-qlik-xrfkey",
                SiteClient.KEY,
                "x-qlik-user",
                "UserDirectory=LAB;UserId=ada");

        assertThat(about.status()).isEqualTo(200);
    }

    @Test
    void missingPairWhenSwitchedIsABadRequest() {
        site.xsrfStatus(400);

        Reply refused = client.get("https://localhost:" + site.repositoryPort() + "/qrs/about");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).doesNotContainIgnoringCase("xrf");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UserDirectory=LAB; UserId=ada",
                "UserDirectory=LAB;UserId=ada",
                "UserDirectory=%4CAB; UserId=%61da",
                "userdirectory=LAB; userid=ada",
                "UserDirectory= LAB ; UserId= ada "
            })
    void userIsReadInEachForm(String header) {
        Reply apps = client.get(
                SiteClient.repository(site, "/qrs/app/count"), "X-Qlik-Xrfkey", SiteClient.KEY, "X-Qlik-User", header);

        assertThat(apps.json().path("value").asInt()).isEqualTo(3);
    }

    @Test
    void userWithAnyLetterIsReadFromPercentEncodedUtf8() {
        site.apps("LÄB\\å da; x=1+1", SiteApp.of("Hers"));

        Reply apps = client.get(
                SiteClient.repository(site, "/qrs/app"),
                "X-Qlik-Xrfkey",
                SiteClient.KEY,
                "X-Qlik-User",
                "UserDirectory=L%C3%84B; UserId=%C3%A5%20da%3B%20x%3D1+1");

        assertThat(apps.names()).containsExactly("Hers");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada",
                "LAB\\ada",
                "UserId=ada",
                "UserDirectory=; UserId=ada",
                "UserDirectory=LAB; UserId=",
                "UserDirectory=LAB; UserId=eve; UserId=ada",
                "UserDirectory=LAB; UserId=LAB%5Cada",
                "UserDirectory=LAB; UserId=%E4"
            })
    void userInABadFormIsABadRequest(String header) {
        Reply refused = client.get(
                SiteClient.repository(site, "/qrs/app"), "X-Qlik-Xrfkey", SiteClient.KEY, "X-Qlik-User", header);

        assertThat(refused.status()).isEqualTo(400);
    }

    @Test
    void callForNobodyIsABadRequest() {
        assertThat(client.get(SiteClient.repository(site, "/qrs/app"), "X-Qlik-Xrfkey", SiteClient.KEY)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void unknownUserIsUnauthorizedWithoutABody() {
        Reply refused = client.asked(site, "/qrs/about", "LAB\\nobody");

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404})
    void unknownUserWhenSwitchedIsRefusedOtherwise(int status) {
        site.unknownUserStatus(status);

        assertThat(client.asked(site, "/qrs/about", "LAB\\nobody").status()).isEqualTo(status);
    }

    @Test
    void twoUsersHaveTwoLists() {
        assertThat(client.asked(site, "/qrs/app", ADA).names()).containsExactly("Sales", "Draft", "Monitor");
        assertThat(client.asked(site, "/qrs/app", BOB).names()).containsExactly("Stock");
    }

    @Test
    void hubListHasWhatOpensInTheHub() {
        assertThat(client.asked(site, "/qrs/app/hublist", ADA).names()).containsExactly("Sales", "Draft");
        assertThat(client.asked(site, "/qrs/app/hublist/full", ADA).names()).containsExactly("Sales", "Draft");
    }

    @Test
    void servicesOfTheSiteSeeEverything() {
        assertThat(client.asked(site, "/qrs/app", "INTERNAL\\sa_api").names())
                .containsExactlyInAnyOrder("Sales", "Draft", "Monitor", "Stock");
    }

    @Test
    void shortAppHasTheseMembers() {
        JsonNode app = client.asked(site, "/qrs/app", ADA).json().get(0);

        assertThat(app.propertyNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "name",
                        "appId",
                        "publishTime",
                        "published",
                        "stream",
                        "savedInProductVersion",
                        "migrationHash",
                        "availabilityStatus",
                        "privileges");
        assertThat(app.path("id").asString()).isEqualTo(SALES.id());
        assertThat(app.path("published").asBoolean()).isTrue();
        assertThat(app.path("stream").path("name").asString()).isEqualTo("Everyone");
        assertThat(app.path("privileges").isNull()).isTrue();
    }

    @Test
    void fullAppHasOwnerAndDates() {
        JsonNode app = client.asked(site, "/qrs/app/full", ADA).json().get(0);

        assertThat(app.path("owner").path("userDirectory").asString()).isEqualTo("LAB");
        assertThat(app.path("owner").path("userId").asString()).isEqualTo("ada");
        assertThat(app.path("createdDate").asString()).isEqualTo("2026-01-02T03:04:05.678Z");
        assertThat(app.path("description").asString()).isEqualTo("What was sold");
        assertThat(app.path("schemaPath").asString()).isEqualTo("App");
    }

    @Test
    void whatNeverHappenedHasTheYear1753() {
        JsonNode app = client.asked(site, "/qrs/app/full", ADA).json().get(1);

        assertThat(app.path("publishTime").asString()).isEqualTo("1753-01-01T00:00:00.000Z");
        assertThat(app.path("lastReloadTime").asString()).isEqualTo("1753-01-01T00:00:00.000Z");
        assertThat(app.path("stream").isNull()).isTrue();
    }

    @Test
    void privilegesAreThereWhenAskedFor() {
        assertThat(client.asked(site, "/qrs/app?privileges=true", ADA)
                        .json()
                        .get(0)
                        .path("privileges")
                        .get(0)
                        .asString())
                .isEqualTo("read");
    }

    @Test
    void appOfAnotherUserIsNotFoundOrForbidden() {
        String path = "/qrs/app/" + SALES.id();
        assertThat(client.asked(site, path, ADA).json().path("name").asString()).isEqualTo("Sales");
        assertThat(client.asked(site, path, BOB).status()).isEqualTo(404);

        site.foreignAppStatus(403);
        assertThat(client.asked(site, path, BOB).status()).isEqualTo(403);
        assertThat(client.asked(site, path, BOB).body()).isEqualTo("Forbidden");
    }

    @Test
    void hubInfoTellsWhetherItIsAvailable() {
        assertThat(client.asked(site, "/qrs/app/" + MONITOR.id() + "/hubinfo", ADA)
                        .json()
                        .path("availabilityStatus")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void streamsAreThoseOfTheUsersAppsAndThoseShownToIt() {
        site.stream(ADA, "Empty");

        assertThat(client.asked(site, "/qrs/stream", ADA).names()).containsExactly("Everyone", "Empty");
        assertThat(client.asked(site, "/qrs/stream", ADA).json().get(0).propertyNames())
                .containsExactlyInAnyOrder("id", "name", "privileges");
        assertThat(client.asked(site, "/qrs/stream/full", ADA)
                        .json()
                        .get(0)
                        .path("schemaPath")
                        .asString())
                .isEqualTo("Stream");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name eq 'Sales' | Sales",
                "stream.name eq 'Everyone' and name sw 'Mon' | Monitor",
                "(name eq 'Draft' or name ew 'tor') and published eq true | Monitor",
                "published eq false | Draft",
                "tags.name eq 'yearly' | Sales",
                "owner.userId ne 'ada' | ''",
                "name so 'ale' | Sales",
                "createdDate ge '2026-01-03T00:00:00.000Z' | ''",
                "fileSize gt 5 and name eq 'Sales' | Sales"
            })
    void filterChoosesApps(String filter, String name) {
        Reply apps =
                client.asked(site, "/qrs/app/full?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8), ADA);

        assertThat(String.join(",", apps.names())).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"name%20eq%20'O'Neill'", "name", "name%20is%20'x'", "(name%20eq%20'x'", "nom%20eq%20'x'"})
    void filterThatCannotBeReadIsABadRequest(String filter) {
        Reply refused = client.asked(site, "/qrs/app?filter=" + filter, ADA);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).startsWith("Cannot parse the expression: ");
    }

    @Test
    void quoteInAFilterIsDoubled() {
        site.apps(ADA, SiteApp.of("O'Neill"), SALES);

        assertThat(client.asked(site, "/qrs/app?filter=name%20eq%20'O''Neill'", ADA)
                        .names())
                .containsExactly("O'Neill");
    }

    @Test
    void bareAmpersandInAFilterIsABadRequest() {
        Reply refused = client.asked(site, "/qrs/app?filter=name%20eq%20'R&D'", ADA);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).isEqualTo("Missing parameter value(s)");
    }

    @Test
    void listIsSortedAndCutWhenAsked() {
        assertThat(client.asked(site, "/qrs/app?orderby=name&skip=1&take=1", ADA)
                        .names())
                .containsExactly("Monitor");

        site.queriesIgnored(true);
        assertThat(client.asked(site, "/qrs/app?orderby=name&skip=1&take=1", ADA)
                        .names())
                .containsExactly("Sales", "Draft", "Monitor");
    }

    @Test
    void tenThousandAppsComeInOneList() {
        site.apps(ADA, SiteApp.many(10_000));

        assertThat(client.asked(site, "/qrs/app/hublist/full", ADA).names())
                .hasSize(10_000)
                .startsWith("App 00001")
                .endsWith("App 10000");
    }

    @Test
    void manyAskAtOnceAndEachGetsItsOwn() throws Exception {
        IntStream.range(0, 100).forEach(number -> site.apps("LAB\\u" + number, SiteApp.of("App of " + number)));
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> lists = callers.invokeAll(IntStream.range(0, 200)
                    .mapToObj(number ->
                            (Callable<List<String>>) () -> client.asked(site, "/qrs/app", "LAB\\u" + number % 100)
                                    .names())
                    .toList());
            for (int number = 0; number < 200; number++) {
                assertThat(lists.get(number).get()).containsExactly("App of " + number % 100);
            }
        }
    }

    @Test
    void callsAreKeptAsTheyCame() {
        client.asked(site, "/qrs/app?filter=name%20eq%20'x'", ADA);

        SiteCall call = site.calls("/qrs/app").getFirst();
        assertThat(call.door()).isEqualTo(SiteCall.Door.REPOSITORY);
        assertThat(call.method()).isEqualTo("GET");
        assertThat(call.parameter("filter")).contains("name eq 'x'");
        assertThat(call.header("x-qlik-user")).contains("UserDirectory=LAB; UserId=ada");
        assertThat(call.toString()).doesNotContain("ada");
    }
}
