package io.qlikbridge.apps;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.qlikbridge.Door;
import io.qlikbridge.Product;
import io.qlikbridge.Product.Answer;
import io.qlikbridge.ThroughBothDoors;
import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.SimulatedTenant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@ThroughBothDoors
class AppListTests {

    @Parameter
    Door door;

    private static Product bridge;
    private static SimulatedTenant tenant;
    private static String main;

    @BeforeParameterizedClassInvocation
    static void start(Door door) {
        bridge = door.product();
        tenant = SimulatedTenant.start();
        main = bridge.connectTo(tenant);
    }

    @AfterParameterizedClassInvocation
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
                        "subType",
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
    void listLeavesOutAppsWithASubTypeUnlessAskedForThem() {
        tenant.apps(
                "kinds",
                App.of("a prep").asSubType("dataflow-prep"),
                App.of("b report"),
                App.of("c monitoring").asSubType("chart-monitoring"),
                App.of("d report"));
        String user = bridge.user(main, "kinds");

        assertThat(names(list(user, "&sort=name"))).containsExactly("b report", "d report");
        assertThat(names(list(user, "&sort=name&subType=dataflow-prep"))).containsExactly("a prep");
        assertThat(names(list(user, "&sort=name&subType=chart-monitoring"))).containsExactly("c monitoring");
        assertThat(names(list(user, "&subType=no-such"))).isEmpty();
        assertThat(names(list(user, "&sort=name&subType=*")))
                .containsExactly("a prep", "b report", "c monitoring", "d report");
        assertThat(list(user, "&sort=name&subType=*").json().path("items").values())
                .extracting(item -> item.path("subType").asString(null))
                .containsExactly("dataflow-prep", null, "chart-monitoring", null);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10, 100})
    void listWhenAppsWithASubTypeLieBetweenOthersFillsItsPagesAndLosesNone(int limit) {
        App[] apps = numbered(40);
        for (int at = 0; at < apps.length; at++) {
            apps[at] = at % 3 == 0 ? apps[at] : apps[at].asSubType(at < 20 ? "dataflow-prep" : "qix-df");
        }
        tenant.apps("between" + limit, apps);
        String user = bridge.user(main, "between" + limit);

        assertThat(names(list(user, "&sort=name&limit=" + limit))).hasSize(Math.min(limit, 14));
        assertThat(allNames(user, "&sort=name&limit=" + limit)).hasSize(14).doesNotHaveDuplicates();
        assertThat(allNames(user, "&sort=name&subType=qix-df&limit=" + limit)).hasSize(13);
        assertThat(allNames(user, "&sort=name&subType=*&limit=" + limit)).isEqualTo(names(40));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void listWhenTheTenantKnowsNothingOfSubTypesTellsThemApartItself(boolean ignored) {
        SimulatedTenant simple = SimulatedTenant.start();
        try {
            String[] pages = {
                item(1, "dataflow-prep") + "," + item(2, null), item(3, "qix-df"), item(4, "") + "," + item(5, null)
            };
            simple.before(request -> {
                String asked = request.getUrl();
                if (!asked.startsWith("/api/v1/items?")) {
                    return Optional.empty();
                }
                boolean none = !ignored && asked.contains("%5B");
                int page = asked.contains("next=two") ? 1 : asked.contains("next=three") ? 2 : 0;
                String next =
                        page == 2 || none ? "null" : "\"/api/v1/items?next=" + (page == 0 ? "two" : "three") + "\"";
                return Optional.of(ResponseDefinitionBuilder.okForJson(null)
                        .withBody("{\"data\":[" + (none ? "" : pages[page]) + "],\"links\":{\"next\":{\"href\":" + next
                                + "}}}")
                        .build());
            });
            String connection = bridge.connectTo(simple);
            String user = bridge.user(connection, "simple");

            assertThat(allNames(connection, user, "&limit=2")).containsExactly("app 2", "app 4", "app 5");
            assertThat(allNames(connection, user, "&limit=2&subType=qix-df")).containsExactly("app 3");
            assertThat(allNames(connection, user, "&limit=2&subType=*")).hasSize(5);
        } finally {
            simple.close();
        }
    }

    private static String item(int number, String subType) {
        String kind = subType == null ? "" : ",\"resourceSubType\":\"" + subType + "\"";
        return "{\"id\":\"i%1$d\",\"resourceId\":\"a%1$d\",\"resourceType\":\"app\",\"name\":\"app %1$d\"%2$s}"
                .formatted(number, kind);
    }

    @Test
    void listWhenUserSeesNothingIsEmpty() {
        Answer answer = bridge.apps(main, bridge.user(main, "nothing")).expect(200);

        assertThat(answer.text()).isEqualTo("{\"items\":[],\"next\":null}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=101",
                "limit=x",
                "sort=size",
                "sort=+name",
                "space=",
                "name=%01",
                "after=",
                "subType=",
                "subType=a%5D,b"
            })
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
