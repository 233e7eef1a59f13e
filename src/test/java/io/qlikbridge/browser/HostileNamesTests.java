package io.qlikbridge.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.SimulatedTenant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that are meant to be run rather than read, of users, groups, subjects and apps, and in addresses. */
@BrowserTest
class HostileNamesTests {

    private static final String MARKUP =
            "<img src=x onerror=document.title='run'>\"'><script>document.title='run'</script>";

    private static SimulatedTenant tenant;
    private static String connection;
    private static String user;
    private static String id;

    @BeforeAll
    static void start() {
        tenant = SimulatedTenant.start();
        connection = bridge().connectTo(tenant);
        user = Product.name("hostile") + MARKUP;
        tenant.apps(user, App.of(MARKUP));
        id = bridge().post(
                        "/api/v1/users",
                        Map.of(
                                "username",
                                user,
                                "name",
                                MARKUP,
                                "groups",
                                List.of(MARKUP, "{{7*7}}${7*7}"),
                                "subjects",
                                Map.of(connection, user)))
                .expect(201)
                .json()
                .path("id")
                .asString();
        bridge().apps(connection, user).expect(200);
    }

    @AfterAll
    static void stop() {
        if (tenant != null) {
            tenant.close();
        }
    }

    private static Product bridge() {
        return Product.replicas().getFirst();
    }

    private static Visitor admin(Visitors visitors) {
        return visitors.at(bridge().url()).signIn("admin", Product.ADMIN_SECRET);
    }

    private static void assertHarmless(Visitor visitor) {
        assertThat(visitor.page().locator("img, script:not([src])").count()).isZero();
        assertThat(visitor.page().title()).isNotEqualTo("run");
    }

    @Test
    void namesThatAreStoredAreShownAsTheyAre(Visitors visitors) {
        Visitor admin = admin(visitors);

        for (String page : List.of(
                "/console/users?query=hostile",
                "/console/users/" + id,
                "/console/credentials?connection=" + connection,
                "/console/audit?connection=" + connection)) {
            admin.open(page);
            assertThat(admin.page().content()).as(page).contains("&lt;img src=x");
            assertHarmless(admin);
        }
        admin.open("/console/connections/" + connection)
                .fill("As user", user)
                .press("Test connection")
                .sees("All checks passed");
        assertThat(admin.text()).contains(MARKUP);
        assertHarmless(admin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/users?query=",
                "/console/users?done=",
                "/console/users/",
                "/console/connections/",
                "/console/clients/",
                "/console/credentials?user=",
                "/console/audit?actor=",
                "/console/sign-in?next=",
                "/console/"
            })
    void markupInAnAddressIsShownAsItIs(String address, Visitors visitors) {
        Visitor admin = admin(visitors);

        admin.open(address + Product.encoded(MARKUP).replace("+", "%20"));

        assertHarmless(admin);
    }
}
