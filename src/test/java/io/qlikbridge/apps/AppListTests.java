package io.qlikbridge.apps;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.Product.Answer;
import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.SimulatedTenant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AppListTests {

    private static final Product bridge = Product.shared();
    private static SimulatedTenant tenant;
    private static String main;

    @BeforeAll
    static void start() {
        tenant = SimulatedTenant.start();
        main = bridge.connectTo(tenant);
    }

    @AfterAll
    static void stop() {
        tenant.close();
    }

    @Test
    void listShowsTheAppsOfTheNamedUserAlone() {
        tenant.apps("list|ada", App.of("Sales report"));
        tenant.apps("list|bob", App.of("Stock"));

        Answer adas = bridge.apps(main, bridge.user(main, "list|ada")).expect(200);
        Answer bobs = bridge.apps(main, bridge.user(main, "list|bob")).expect(200);

        assertThat(names(adas)).containsExactly("Sales report");
        assertThat(names(bobs)).containsExactly("Stock");
    }

    @Test
    void listGivesTheAppsOwnIdAndEveryPublishedField() {
        App app = App.of("Plan")
                .described("What is planned")
                .inSpace("665000000000000000000abc")
                .dated(Instant.parse("2026-01-02T03:04:05Z"), Instant.parse("2026-04-01T00:00:00Z"));
        tenant.apps("fields", app);

        JsonNode item = bridge.apps(main, bridge.user(main, "fields"))
                .expect(200)
                .json()
                .path("items")
                .path(0);

        assertThat(item.propertyNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "itemId",
                        "name",
                        "description",
                        "spaceId",
                        "ownerId",
                        "createdAt",
                        "updatedAt",
                        "reloadedAt",
                        "reloadStatus",
                        "thumbnailId");
        assertThat(item.path("id").asString()).isEqualTo(app.resourceId());
        assertThat(item.path("itemId").asString()).isEqualTo(app.itemId());
        assertThat(item.path("description").asString()).isEqualTo("What is planned");
        assertThat(item.path("spaceId").asString()).isEqualTo("665000000000000000000abc");
        assertThat(item.path("createdAt").asString()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(item.path("updatedAt").asString()).isEqualTo("2026-04-01T00:00:00Z");
    }

    @Test
    void listWhenThereAreMorePagesThanOneGivesEachAppOnce() {
        tenant.apps("pages", numbered(25));
        String user = bridge.user(main, "pages");

        assertThat(allNames(user, "&limit=10&sort=name")).isEqualTo(names(25));
    }

    @Test
    void listWhenTheTenantsLinksNameAnotherHostStillAsksTheConfiguredOne() {
        SimulatedTenant aliased = SimulatedTenant.start();
        try {
            aliased.generatedHost("https://generated.eu.qlikcloud.com");
            aliased.nullNextLink(true);
            aliased.apps("alias", numbered(7));
            String connection = bridge.connectTo(aliased);
            String user = bridge.user(connection, "alias");

            assertThat(allNames(connection, user, "&limit=3&sort=name")).isEqualTo(names(7));
        } finally {
            aliased.close();
        }
    }

    @Test
    void listSortsBothWays() {
        tenant.apps("sort", App.of("b"), App.of("c"), App.of("a"));
        String user = bridge.user(main, "sort");

        assertThat(names(list(user, "&sort=name"))).containsExactly("a", "b", "c");
        assertThat(names(list(user, "&sort=-name"))).containsExactly("c", "b", "a");
        assertThat(tenant.calls("/api/v1/items"))
                .anySatisfy(call -> assertThat(call.toString()).contains("%2Bname"));
    }

    @Test
    void listFiltersByNameAndSpace() {
        tenant.apps("filter", App.of("Sales & more"), App.of("Stock").inSpace("space1"));
        String user = bridge.user(main, "filter");

        assertThat(names(list(user, "&name=" + Product.encoded("sales &")))).containsExactly("Sales & more");
        assertThat(names(list(user, "&space=space1"))).containsExactly("Stock");
        assertThat(names(list(user, "&space=personal"))).containsExactly("Sales & more");
    }

    @Test
    void listWhenUserSeesNothingIsEmpty() {
        Answer answer = bridge.apps(main, bridge.user(main, "nothing")).expect(200);

        assertThat(answer.text()).isEqualTo("{\"items\":[],\"next\":null}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"limit=0", "limit=101", "limit=x", "sort=size", "sort=+name", "space=", "name=%01", "after="})
    void listWhenQueryIsWrongSaysWhatIsWrong(String query) {
        String user = bridge.user(main, "query");

        Answer answer = list(user, "&" + query).expectProblem(400, "invalid-request");

        assertThat(answer.json().path("errors").path(0).path("pointer").asString())
                .isEqualTo(query.substring(0, query.indexOf('=')));
    }

    @Test
    void listWhenConnectionServesMappedUsersOnlyTurnsOthersAway() {
        String connection = bridge.connectTo(tenant, Map.of("subjects", "mapped-only"));
        String stranger = bridge.user(main, "stranger");

        bridge.apps(connection, stranger).expectProblem(404, "subject-not-mapped");
    }

    @Test
    void listWhenThereIsNoSuchConnectionSaysSo() {
        bridge.apps("no-such-connection", bridge.user(main, "lost")).expectProblem(404, "connection-not-found");
    }

    @Test
    void listWhenConnectionHasNoSigningKeySaysSo() {
        String connection = Product.name("keyless");
        bridge.put(
                        "/api/v1/connections/" + connection,
                        Map.of("type", "qlik-cloud", "host", tenant.url(), "issuer", Product.ISSUER))
                .expect(201);

        bridge.apps(connection, bridge.user(connection, "keyless")).expectProblem(409, "signing-key-missing");
    }

    @Test
    void listWhenUserIsDisabledRefuses() {
        String user = Product.name("user");
        bridge.post("/api/v1/users", Map.of("username", user, "enabled", false)).expect(201);

        bridge.apps(main, user).expectProblem(403, "user-disabled");
    }

    private static Answer list(String user, String query) {
        return bridge.get("/api/v1/connections/" + main + "/apps?user=" + Product.encoded(user) + query);
    }

    private static List<String> allNames(String user, String query) {
        return allNames(main, user, query);
    }

    private static List<String> allNames(String connection, String user, String query) {
        List<String> names = new ArrayList<>();
        String after = "";
        while (after != null) {
            JsonNode page = bridge.get(
                            "/api/v1/connections/" + connection + "/apps?user=" + Product.encoded(user) + query + after)
                    .expect(200)
                    .json();
            page.path("items").forEach(item -> names.add(item.path("name").asString()));
            after = page.path("next").isNull()
                    ? null
                    : "&after=" + Product.encoded(page.path("next").asString());
        }
        return names;
    }

    private static List<String> names(Answer answer) {
        List<String> names = new ArrayList<>();
        answer.expect(200)
                .json()
                .path("items")
                .forEach(item -> names.add(item.path("name").asString()));
        return names;
    }

    private static App[] numbered(int count) {
        return names(count).stream().map(App::of).toArray(App[]::new);
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> String.format("App %03d", number))
                .toList();
    }
}
