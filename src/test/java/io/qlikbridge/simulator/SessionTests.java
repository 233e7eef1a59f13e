package io.qlikbridge.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionTests {

    private static final String KEYS = "/api/v1/api-keys";
    private static final String BODY = "{\"description\":\"test\"}";

    private static final MovableClock CLOCK = new MovableClock();
    private static final SimulatedTenant TENANT = SimulatedTenant.start(CLOCK);
    private static final TenantClient CLIENT = new TenantClient(TENANT.url());

    @BeforeEach
    void trustOurKey() {
        TENANT.reset();
        TENANT.identityProvider(TokenMaker.ISSUER, TokenMaker.KID, TestKeys.CERTIFICATE);
    }

    @AfterAll
    static void close() {
        TENANT.close();
    }

    @Test
    void writeWhenCsrfTokenIsSentSucceeds() {
        assertThat(CLIENT.post(KEYS, BODY, login().session()).status()).isEqualTo(201);
    }

    @Test
    void writeWhenCsrfTokenIsMissingIsForbiddenWithTheCodeTwice() {
        Reply reply = CLIENT.post(KEYS, BODY, "Cookie", login().session()[1]);

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.code()).isEqualTo("CSRF-TOKEN-2");
        assertThat(reply.json().path("code").asString()).isEqualTo("CSRF-TOKEN-2");
        assertThat(TENANT.keysMade()).isZero();
    }

    @Test
    void writeWhenCsrfTokenIsAnothersIsForbidden() {
        String foreign = login().cookies().get("_csrfToken");

        Reply reply = CLIENT.post(KEYS, BODY, "Cookie", login().session()[1], "qlik-csrf-token", foreign);

        assertThat(reply.code()).isEqualTo("CSRF-TOKEN-2");
    }

    @Test
    void writeWhenCsrfCookiesAreLeftOutIsForbidden() {
        Reply session = login();

        Reply reply = CLIENT.post(
                KEYS,
                BODY,
                "Cookie",
                sid(session),
                "qlik-csrf-token",
                session.cookies().get("_csrfToken"));

        assertThat(reply.code()).isEqualTo("CSRF-TOKEN-2");
    }

    @Test
    void readWhenCsrfTokenIsMissingSucceeds() {
        assertThat(CLIENT.get(KEYS, "Cookie", sid(login())).status()).isEqualTo(200);
    }

    @Test
    void readWhenSignatureIsMissingIsUnauthorized() {
        String id = login().cookies().get("eas.sid");

        assertThat(CLIENT.get(KEYS, "Cookie", "eas.sid=" + id).status()).isEqualTo(401);
    }

    @Test
    void readWhenSignatureIsOfAnotherSessionIsUnauthorized() {
        String id = login().cookies().get("eas.sid");
        String signature = login().cookies().get("eas.sid.sig");

        Reply reply = CLIENT.get(KEYS, "Cookie", "eas.sid=" + id + "; eas.sid.sig=" + signature);

        assertThat(reply.status()).isEqualTo(401);
    }

    @Test
    void readWhenNothingProvesTheCallerIsUnauthorized() {
        assertThat(CLIENT.get(KEYS).status()).isEqualTo(401);
        assertThat(CLIENT.get(KEYS, "Authorization", "Basic eDp5").status()).isEqualTo(401);
        assertThat(CLIENT.get(KEYS, TenantClient.bearer("x")).status()).isEqualTo(401);
    }

    @Test
    void readWhenAssertionIsUsedAsBearerIsUnauthorized() {
        String token = new TokenMaker("hr|1", CLOCK.instant()).token();

        assertThat(CLIENT.get(KEYS, TenantClient.bearer(token)).status()).isEqualTo(401);
    }

    @Test
    void readWhenOriginIsNotListedIsForbidden() {
        Reply reply = CLIENT.get(KEYS, "Cookie", sid(login()), "Origin", "https://elsewhere.example.org");

        assertThat(reply.status()).isEqualTo(403);
    }

    @Test
    void readWhenSessionWasIdleTooLongIsUnauthorized() {
        Reply session = login();
        CLOCK.pass(Duration.ofMinutes(30).plusSeconds(1));

        assertThat(CLIENT.get(KEYS, session.session()).status()).isEqualTo(401);
    }

    @Test
    void readWhenUserWasDisabledMeanwhileIsUnauthorized() {
        Reply session = login();
        TENANT.disableUser("hr|1");

        assertThat(CLIENT.get(KEYS, session.session()).status()).isEqualTo(401);
    }

    @Test
    void csrfTokenWhenCookieIsNotSetIsFetchedAndWorks() {
        TENANT.csrfCookie(false);
        Reply session = login();
        assertThat(session.cookies()).doesNotContainKeys("_csrfToken", "_csrfToken.sig");

        Reply csrf = CLIENT.get("/api/v1/csrf-token", "Cookie", sid(session));

        assertThat(csrf.status()).isEqualTo(204);
        String token = csrf.header("qlik-csrf-token");
        assertThat(CLIENT.post(KEYS, BODY, "Cookie", sid(session), "qlik-csrf-token", token)
                        .status())
                .isEqualTo(201);
    }

    @Test
    void csrfTokenWhenCookieWasSetIsTheSame() {
        Reply session = login();

        Reply csrf = CLIENT.get("/api/v1/csrf-token", "Cookie", sid(session));

        assertThat(csrf.header("qlik-csrf-token")).isEqualTo(session.cookies().get("_csrfToken"));
    }

    @Test
    void csrfTokenWhenCallerIsABearerIsRefused() {
        Reply reply = CLIENT.get("/api/v1/csrf-token", TenantClient.bearer(TENANT.adminToken()));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("CSRF-TOKEN-4");
        assertThat(reply.json().at("/errors/0/status").asString()).isEqualTo("400");
    }

    private static Reply login() {
        return CLIENT.login(new TokenMaker("hr|1", CLOCK.instant()));
    }

    private static String sid(Reply session) {
        return "eas.sid=" + session.cookies().get("eas.sid") + "; eas.sid.sig="
                + session.cookies().get("eas.sid.sig");
    }
}
