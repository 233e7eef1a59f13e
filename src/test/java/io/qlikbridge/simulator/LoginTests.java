package io.qlikbridge.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTests {

    private static final MovableClock CLOCK = new MovableClock();
    private static final Instant NOW = CLOCK.instant();
    private static final long SECOND = NOW.getEpochSecond();
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
    void loginWhenTokenIsGoodMakesUserAndSession() {
        Reply reply = CLIENT.login(ada());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.http().body()).isEqualTo("{}");
        assertThat(reply.cookies()).containsKeys("eas.sid", "eas.sid.sig", "_csrfToken", "_csrfToken.sig", "AWSALB");
        assertThat(TENANT.logins()).isEqualTo(1);
        assertThat(TENANT.loginsOf("hr|1")).isEqualTo(1);
        assertThat(TENANT.loginsOf("hr|2")).isZero();
        assertThat(TENANT.userId("hr|1").orElseThrow()).matches("[0-9a-f]{24}");
    }

    @Test
    void loginWhenTokenIsGoodSetsEachCookieInItsOwnHeader() {
        List<String> cookies = CLIENT.login(ada()).http().headers().allValues("Set-Cookie");

        assertThat(cookies)
                .hasSize(6)
                .allMatch(cookie -> cookie.contains("; Path=/; Expires=Sat, 02 May 2026 08:00:00 GMT"))
                .noneMatch(cookie -> cookie.contains("Secure"));
        assertThat(cookies)
                .filteredOn(cookie -> cookie.endsWith("; HttpOnly"))
                .allMatch(cookie -> cookie.startsWith("eas.sid"))
                .hasSize(2);
    }

    @Test
    void loginWhenSubjectIsKnownKeepsUserAndTakesGroups() {
        CLIENT.login(ada());
        String id = TENANT.userId("hr|1").orElseThrow();

        CLIENT.login(ada().claim("groups", List.of("Sales")));

        assertThat(TENANT.userId("hr|1")).contains(id);
        assertThat(user(id).json().at("/assignedGroups/0/name").asString()).isEqualTo("Sales");
    }

    @Test
    void loginWhenEmailIsNotVerifiedKeepsNoEmail() {
        CLIENT.login(ada().claim("email_verified", false));

        assertThat(user(TENANT.userId("hr|1").orElseThrow()).json().has("email"))
                .isFalse();
    }

    @Test
    void assertionsWhenAcceptedShowEveryMember() {
        CLIENT.login(ada().claim("extra", "x"));

        assertThat(TENANT.assertions()).singleElement().satisfies(assertion -> {
            assertThat(assertion.header()).containsOnlyKeys("alg", "kid", "typ");
            assertThat(assertion.claims()).containsEntry("extra", "x").hasSize(13);
        });
    }

    static Stream<Arguments> strangeTokens() {
        return Stream.of(
                spoiled("another key", token -> token.signedBy(TestKeys.STRANGERS)),
                spoiled("unknown kid", token -> token.header("kid", "bridge-2")),
                spoiled("no kid", token -> token.withoutHeader("kid")),
                spoiled("unknown issuer", token -> token.claim("iss", TokenMaker.ISSUER + "/")),
                spoiled("none", token -> token.header("alg", "none")),
                spoiled("HMAC with the certificate", token -> token.header("alg", "HS256")),
                spoiled("RS256 under another name", token -> token.header("alg", "HS512")),
                spoiled("RS512", token -> token.header("alg", "RS512")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("strangeTokens")
    void loginWhenSignerIsNotTrustedIsUnauthorized(String name, UnaryOperator<TokenMaker> spoil) {
        Reply reply = CLIENT.login(spoil.apply(ada()));

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.json().at("/errors/0/status").asString()).isEqualTo("401");
        assertThat(TENANT.logins()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"iss", "aud", "sub", "subType", "name", "email", "email_verified", "jti", "iat", "nbf", "exp"})
    void loginWhenClaimIsMissingNamesIt(String claim) {
        Reply reply = CLIENT.login(ada().without(claim));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("INTERNAL-TOKEN-1");
        assertThat(reply.detail()).isEqualTo("JWT_LOGIN_VALIDATIONS Missing required claim: " + claim);
        assertThat(reply.json().at("/errors/0/title").asString()).isEqualTo("Invalid token request");
        assertThat(reply.json().at("/errors/0/status").isString()).isTrue();
        assertThat(reply.json().path("traceId").asString()).hasSize(32);
    }

    static Stream<Arguments> wrongClaims() {
        return Stream.of(
                spoiled("aud", token -> token.claim("aud", "qlik.api/jwt-login-session")),
                spoiled("aud", token -> token.claim("aud", List.of("qlik.api/login/jwt-session"))),
                spoiled("sub", token -> token.claim("sub", " ")),
                spoiled("subType", token -> token.claim("subType", "externalClient")),
                spoiled("name", token -> token.claim("name", "")),
                spoiled("email", token -> token.claim("email", 1)),
                spoiled("email_verified", token -> token.claim("email_verified", "true")),
                spoiled("groups", token -> token.claim("groups", "Finance")),
                spoiled("groups", token -> token.claim("groups", List.of(1))),
                spoiled("jti", token -> token.claim("jti", "")),
                spoiled("jti", token -> token.claim("jti", true)),
                spoiled("iat", token -> token.claim("iat", "now")),
                spoiled("nbf", token -> token.claim("nbf", SECOND + 1)),
                spoiled("exp", token -> token.claim("exp", SECOND)),
                spoiled("exp", token -> token.claim("exp", SECOND - 5 + 3601)));
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("wrongClaims")
    void loginWhenClaimIsWrongNamesIt(String claim, UnaryOperator<TokenMaker> spoil) {
        Reply reply = CLIENT.login(spoil.apply(ada()));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("INTERNAL-TOKEN-1");
        assertThat(reply.detail()).endsWith(": " + claim);
    }

    static Stream<Arguments> unusualTokens() {
        return Stream.of(
                spoiled("no groups", token -> token.without("groups")),
                spoiled("numeric jti", token -> token.claim("jti", 8471)),
                spoiled("nbf now", token -> token.claim("nbf", SECOND)),
                spoiled("an hour exactly", token -> token.claim("exp", SECOND - 5 + 3600)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusualTokens")
    void loginWhenTokenIsUnusualButGoodSucceeds(String name, UnaryOperator<TokenMaker> change) {
        assertThat(CLIENT.login(change.apply(ada())).status()).isEqualTo(200);
    }

    @Test
    void loginWhenTokenIsUsedAgainRefusesIt() {
        String token = ada().token();
        CLIENT.loginAt("/login/jwt-session", token);

        Reply again = CLIENT.loginAt("/login/jwt-session", token);

        assertThat(again.status()).isEqualTo(400);
        assertThat(again.detail()).endsWith(": jti");
        assertThat(TENANT.logins()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a.b", "a.b.c", "e30.e30.e30.e30"})
    void loginWhenTokenIsMalformedIsUnauthorized(String token) {
        assertThat(CLIENT.loginAt("/login/jwt-session", token).status()).isEqualTo(401);
    }

    @Test
    void loginWhenThereIsNoTokenIsUnauthorized() {
        assertThat(CLIENT.post("/login/jwt-session", "").status()).isEqualTo(401);
    }

    @Test
    void loginWhenPayloadWasChangedIsUnauthorized() {
        String[] one = ada().token().split("\\.");
        String[] other = ada().claim("sub", "hr|2").token().split("\\.");

        Reply reply = CLIENT.loginAt("/login/jwt-session", one[0] + "." + other[1] + "." + one[2]);

        assertThat(reply.status()).isEqualTo(401);
    }

    @Test
    void loginWhenUserIsDisabledIsForbidden() {
        TENANT.disableUser("hr|1");

        assertThat(CLIENT.login(ada()).status()).isEqualTo(403);
        assertThat(TENANT.userId("hr|1")).isEmpty();

        TENANT.enableUser("hr|1");
        assertThat(CLIENT.login(ada()).status()).isEqualTo(200);
    }

    @Test
    void toStringOfSignedTokenHidesIt() {
        assertThat(SignedToken.parse(ada().token())).hasToString("SignedToken[kid=bridge-1]");
    }

    private static Reply user(String id) {
        return CLIENT.get("/api/v1/users/" + id, TenantClient.bearer(TENANT.adminToken()));
    }

    private static TokenMaker ada() {
        return new TokenMaker("hr|1", NOW);
    }

    private static Arguments spoiled(String name, UnaryOperator<TokenMaker> spoil) {
        return Arguments.of(name, spoil);
    }
}
