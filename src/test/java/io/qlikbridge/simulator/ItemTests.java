package io.qlikbridge.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ItemTests {

    private static final String ITEMS = "/api/v1/items?resourceType=app";
    private static final MovableClock CLOCK = new MovableClock();
    private static final SimulatedTenant TENANT = SimulatedTenant.start(CLOCK);
    private static final TenantClient CLIENT = new TenantClient(TENANT.url());
    private static final App SALES = App.of("Sales")
            .inSpace("space-1")
            .dated(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-04-02T00:00:00Z"));
    private static final App COSTS = App.of("costs")
            .described("What we spend")
            .dated(Instant.parse("2026-01-02T00:00:00Z"), Instant.parse("2026-04-03T00:00:00Z"));
    private static final App STOCK =
            App.of("Stock").dated(Instant.parse("2026-01-03T00:00:00Z"), Instant.parse("2026-04-01T00:00:00Z"));

    private String[] ada;
    private String[] bob;

    @BeforeEach
    void fillCatalog() {
        TENANT.reset();
        TENANT.identityProvider(TokenMaker.ISSUER, TokenMaker.KID, TestKeys.CERTIFICATE);
        TENANT.apps("hr|1", SALES, COSTS, STOCK, App.of("A note").asType("note"));
        TENANT.apps("hr|2", SALES);
        TENANT.space(new Space("space-1", "Finance", "shared"));
        TENANT.space(new Space("space-2", "Unseen", "shared"));
        ada = CLIENT.key("hr|1", CLOCK.instant());
        bob = CLIENT.key("hr|2", CLOCK.instant());
    }

    @AfterAll
    static void close() {
        TENANT.close();
    }

    @Test
    void listWhenUsersDifferShowsEachTheirOwn() {
        assertThat(CLIENT.get(ITEMS, ada).names()).containsExactly("Sales", "costs", "Stock");
        assertThat(CLIENT.get(ITEMS, bob).names()).containsExactly("Sales");
        assertThat(CLIENT.get(ITEMS, CLIENT.key("hr|3", CLOCK.instant())).names())
                .isEmpty();
    }

    @Test
    void listWhenResourceTypeIsMissingShowsEverything() {
        assertThat(CLIENT.get("/api/v1/items", ada).names()).hasSize(4).contains("A note");
        assertThat(CLIENT.get("/api/v1/items?resourceType=note,app", ada).names())
                .hasSize(4);
        assertThat(CLIENT.get("/api/v1/items?resourceType=app%5B%5D", ada).names())
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "resourceType=app,                              'Sales,costs,Stock,Prep'",
        "resourceType=app%5B%5D,                        'Sales,costs,Stock'",
        "resourceType=app%5Bdataflow-prep%5D,           'Prep'",
        "resourceType=app%5Bother%2Cdataflow-prep%5D,   'Prep'",
        "resourceType=app%5Bdataflow-prep%2C%5D,        'Sales,costs,Stock,Prep'",
        "resourceType=note%2Capp%5Bdataflow-prep%5D,    'A note,Prep'",
        "resourceType=app&resourceSubType=dataflow-prep,'Prep'",
        "resourceType=app%5Bother%5D,                   ''",
    })
    void listWhenSubTypesAreAskedForShowsThose(String query, String names) {
        TENANT.apps(
                "hr|1",
                SALES,
                COSTS,
                STOCK,
                App.of("A note").asType("note"),
                App.of("Prep").asSubType("dataflow-prep"));

        assertThat(CLIENT.get("/api/v1/items?" + query, ada).names())
                .containsExactlyInAnyOrder(names.isEmpty() ? new String[0] : names.split(","));
    }

    @Test
    void listWhenCallerIsUnknownIsUnauthorized() {
        assertThat(CLIENT.get(ITEMS).status()).isEqualTo(401);
    }

    @Test
    void listWhenAskedAnswersTheDocumentedFields() {
        Reply reply = CLIENT.get(ITEMS + "&name=SALES", ada);

        JsonNode item = reply.json().at("/data/0");
        assertThat(reply.header("X-B3-Traceid")).hasSize(32);
        assertThat(item.propertyNames())
                .contains(
                        "id",
                        "name",
                        "tenantId",
                        "createdAt",
                        "updatedAt",
                        "isFavorited",
                        "links",
                        "resourceType",
                        "resourceCreatedAt",
                        "resourceUpdatedAt",
                        "actions",
                        "collectionIds",
                        "resourceAttributes",
                        "resourceCustomAttributes",
                        "meta",
                        "spaceId",
                        "ownerId");
        assertThat(item.path("id").asString()).isEqualTo(SALES.itemId()).isNotEqualTo(SALES.resourceId());
        assertThat(item.path("resourceId").asString()).isEqualTo(SALES.resourceId());
        assertThat(item.at("/links/self/href").asString()).startsWith(TENANT.url() + "/api/v1/items/");
        assertThat(CLIENT.get(ITEMS + "&noActions=true", ada)
                        .json()
                        .at("/data/0")
                        .has("actions"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "sort=%2Bname,           'costs,Sales,Stock'",
        "sort=-name,             'Stock,Sales,costs'",
        "sort=name,              'costs,Sales,Stock'",
        "sort=-createdAt,        'Stock,costs,Sales'",
        "sort=-updatedAt,        'costs,Sales,Stock'",
        "sort=-recentlyUsed,     'costs,Sales,Stock'",
        "name=s%2B,              ''",
        "name=ST,                'costs,Stock'",
        "query=spend,            'costs'",
        "spaceId=personal,       'costs,Stock'",
        "spaceId=space-1,        'Sales'",
        "spaceType=shared,       'Sales'",
    })
    void listWhenFilteredOrSortedObeys(String query, String names) {
        assertThat(String.join(",", CLIENT.get(ITEMS + "&" + query, ada).names()))
                .isEqualTo(names);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=101",
                "limit=-1",
                "limit=ten",
                "limit=",
                "sort=+name",
                "sort=size",
                "next=abc",
                "next=a&prev=b",
                "unknown=1",
                "sort=name&sort=-name"
            })
    void listWhenQueryIsWrongIsRefused(String query) {
        Reply reply = CLIENT.get(ITEMS + "&" + query, ada);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/errors/0").has("title")).isTrue();
    }

    @Test
    void listWhenLimitIsWrongTellsTheFault() {
        JsonNode meta = CLIENT.get(ITEMS + "&limit=0", ada).json().at("/errors/0/meta");

        assertThat(meta.propertyNames()).contains("fault", "timeout", "temporary", "explain");
    }

    @Test
    void listWhenPagedWalksForthAndBackByAbsoluteLinks() {
        Reply first = CLIENT.get(ITEMS + "&limit=2&sort=name", ada);
        Reply second = CLIENT.get(next(first), ada);
        Reply back = CLIENT.get(second.json().at("/links/prev/href").asString(), ada);

        assertThat(first.names()).containsExactly("costs", "Sales");
        assertThat(next(first)).startsWith(TENANT.url() + "/api/v1/items?limit=2&next=");
        assertThat(first.json().path("links").has("prev")).isFalse();
        assertThat(second.names()).containsExactly("Stock");
        assertThat(second.json().path("links").has("next")).isFalse();
        assertThat(back.names()).containsExactly("costs", "Sales");
    }

    @Test
    void listWhenMoreThanTenAndNoLimitStopsAtTen() {
        App[] many = new App[11];
        for (int at = 0; at < many.length; at++) {
            many[at] = App.of("App " + at);
        }
        TENANT.apps("hr|1", many);

        assertThat(CLIENT.get(ITEMS, ada).names()).hasSize(10);
    }

    @Test
    void listWhenCursorIsAnotherUsersIsRefused() {
        String next = next(CLIENT.get(ITEMS + "&limit=1", ada));

        assertThat(CLIENT.get(next, bob).status()).isEqualTo(400);
    }

    @Test
    void listWhenCursorIsUsedInTheOtherDirectionIsRefused() {
        String next = next(CLIENT.get(ITEMS + "&limit=1", ada));

        assertThat(CLIENT.get(next.replace("next=", "prev="), ada).status()).isEqualTo(400);
    }

    @Test
    void listWhenCursorIsNotEncodedIsRefused() {
        String next = next(CLIENT.get(ITEMS + "&limit=1", ada));

        assertThat(CLIENT.get(next.replace("%2B", "+"), ada).status()).isEqualTo(400);
        assertThat(CLIENT.get(next, ada).status()).isEqualTo(200);
    }

    @Test
    void generatedHostWhenSetShowsInLinks() {
        TENANT.generatedHost("https://other.eu.qlikcloud.com");

        assertThat(URI.create(next(CLIENT.get(ITEMS + "&limit=1", ada)))).hasHost("other.eu.qlikcloud.com");
    }

    @Test
    void nullNextLinkWhenSetEndsTheLastPage() {
        TENANT.nullNextLink(true);

        assertThat(CLIENT.get(ITEMS, ada).json().at("/links/next/href").isNull())
                .isTrue();
    }

    @Test
    void itemWhenAskedByItemIdIsShownToThoseWhoSeeIt() {
        String path = "/api/v1/items/" + COSTS.itemId();

        assertThat(CLIENT.get(path, ada).json().path("name").asString()).isEqualTo("costs");
        assertThat(CLIENT.get(path, bob).status()).isEqualTo(404);
        assertThat(CLIENT.get("/api/v1/items/" + COSTS.resourceId(), ada).status())
                .isEqualTo(404);
    }

    @Test
    void appWhenAskedByResourceIdIsShownToThoseWhoSeeIt() {
        String path = "/api/v1/apps/" + COSTS.resourceId();

        Reply reply = CLIENT.get(path, ada);

        assertThat(reply.json().at("/attributes/name").asString()).isEqualTo("costs");
        assertThat(reply.json().propertyNames()).contains("privileges", "create");
        assertThat(CLIENT.get(path, bob).status()).isEqualTo(404);
        assertThat(CLIENT.get("/api/v1/apps/" + COSTS.itemId(), ada).status()).isEqualTo(404);
    }

    @Test
    void spacesWhenListedAreThoseTheUserSeesSomethingIn() {
        assertThat(CLIENT.get("/api/v1/spaces", ada).names()).containsExactly("Finance");
        assertThat(CLIENT.get("/api/v1/spaces?type=managed", ada).names()).isEmpty();
    }

    private static String next(Reply reply) {
        return reply.json().at("/links/next/href").asString();
    }
}
