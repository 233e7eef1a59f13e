package io.qlikbridge.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OriginTests {

    private static final String ID = "qlik-web-integration-id";
    private static final String ORIGIN = "https://reports.example.org";
    private static final MovableClock CLOCK = new MovableClock();
    private static final SimulatedTenant TENANT = SimulatedTenant.start(CLOCK);
    private static final TenantClient CLIENT = new TenantClient(TENANT.url());

    @BeforeEach
    void listOurOrigin() {
        TENANT.reset();
        TENANT.identityProvider(TokenMaker.ISSUER, TokenMaker.KID, TestKeys.CERTIFICATE);
        TENANT.webIntegration("wi-1", ORIGIN);
    }

    @AfterAll
    static void close() {
        TENANT.close();
    }

    @Test
    void loginWhenIntegrationListsTheOriginSucceeds() {
        assertThat(login("?" + ID + "=wi-1", ID, "wi-1", "Origin", ORIGIN)).isEqualTo(200);
        assertThat(login("", ID, "wi-1", "Origin", ORIGIN)).isEqualTo(200);
        assertThat(login("?" + ID + "=wi-1", "Origin", ORIGIN)).isEqualTo(200);
    }

    @Test
    void loginWhenServerSendsNoOriginSucceeds() {
        assertThat(login("")).isEqualTo(200);
        assertThat(login("?" + ID + "=wi-1")).isEqualTo(200);
    }

    @Test
    void loginWhenOriginIsNotListedIsForbidden() {
        assertThat(login("", ID, "wi-1", "Origin", ORIGIN + ":8443")).isEqualTo(403);
    }

    @Test
    void loginWhenOriginHasNoIntegrationIsForbidden() {
        assertThat(login("", "Origin", ORIGIN)).isEqualTo(403);
    }

    @Test
    void loginWhenIntegrationIsUnknownIsUnauthorized() {
        assertThat(login("?" + ID + "=wi-2")).isEqualTo(401);
    }

    @Test
    void loginWhenQueryAndHeaderDifferIsRefused() {
        TENANT.webIntegration("wi-2", ORIGIN);

        assertThat(login("?" + ID + "=wi-1", ID, "wi-2", "Origin", ORIGIN)).isEqualTo(400);
    }

    @Test
    void callsWhenRecordedShowOriginHeaderAndParameter() {
        login("?" + ID + "=wi%2D1", ID, "wi-1", "Origin", ORIGIN);

        assertThat(TENANT.calls("/login")).singleElement().satisfies(call -> {
            assertThat(call.method()).isEqualTo("POST");
            assertThat(call.path()).isEqualTo("/login/jwt-session");
            assertThat(call.query(ID)).contains("wi-1");
            assertThat(call.header("Qlik-Web-Integration-Id")).contains("wi-1");
            assertThat(call.header("origin")).contains(ORIGIN);
            assertThat(call).hasToString("POST /login/jwt-session?" + ID + "=wi%2D1");
        });
    }

    private static int login(String query, String... headers) {
        String token = new TokenMaker("hr|1", CLOCK.instant()).token();
        return CLIENT.loginAt("/login/jwt-session" + query, token, headers).status();
    }
}
