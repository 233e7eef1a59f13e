package io.qlikbridge.issuer;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.qlikbridge.caller.Caller;
import io.qlikbridge.client.AccessCannotStart;
import io.qlikbridge.client.AccessProperties;
import io.qlikbridge.client.Scope;
import io.qlikbridge.proxy.ForwardProxies;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

class IssuerSignInTests {

    private static final String CLIENT = "bridge-console";
    private static final String SECRET = "the-secret-of-the-console-at-the-issuer";

    private static TestIssuer issuer;
    private Instant now = Instant.now();

    @BeforeAll
    static void begin() {
        issuer = new TestIssuer();
    }

    @AfterAll
    static void stop() {
        issuer.stop();
    }

    @BeforeEach
    void asNew() {
        issuer.server().resetAll();
        issuer.announce();
    }

    @Test
    void registrationIsWhatTheIssuerSaysOfItselfAndAskedForOnceAnHour() {
        IssuerSignIn signIn = signIn();

        ClientRegistration registration = signIn.registration();
        signIn.registration();

        assertThat(registration.getProviderDetails().getAuthorizationUri()).isEqualTo(issuer.uri() + "/authorize");
        assertThat(registration.getProviderDetails().getTokenUri()).isEqualTo(issuer.uri() + "/token");
        assertThat(registration.getScopes()).containsExactlyInAnyOrder("openid", "profile", "email");
        assertThat(registration.getClientSettings().isRequireProofKey()).isTrue();
        assertThat(registration.getRedirectUri()).isEqualTo("{baseUrl}/console/sign-in/callback/" + signIn.key());
        assertAsked(1);
        now = now.plus(Duration.ofMinutes(61));
        signIn.registration();
        assertAsked(2);
    }

    @ParameterizedTest
    @CsvSource({
        "https://keycloak.example.org/realms/portal, keycloak.example.org-realms-portal",
        "https://login.example.org:8443/T1/v2.0, login.example.org-8443-t1-v2.0",
        "http://[::1]:9/ä?b=c, -1-9-b-c"
    })
    void keyIsTheAddressWithoutWhatIsNotPlainThere(String address, String key) {
        assertThat(ConsoleClient.key(address)).isEqualTo(key);
    }

    @Test
    void registrationWhenTheIssuerIsSilentIsUnreachableAndAskedForAgainAfterAPause() {
        IssuerSignIn signIn = signIn();
        issuer.server().stubFor(get("/realm/.well-known/openid-configuration").willReturn(serverError()));

        assertUnreachable(signIn::registration);
        assertUnreachable(signIn::registration);
        assertThat(signIn.endOfSession("https://bridge.example.org/")).isEmpty();
        assertAsked(1);

        issuer.announce();
        assertUnreachable(signIn::registration);
        now = now.plusSeconds(6);
        assertThat(signIn.registration()).isNotNull();
    }

    @Test
    void registrationWhenTheIssuerFallsSilentIsAsBefore() {
        IssuerSignIn signIn = signIn();
        ClientRegistration before = signIn.registration();
        issuer.server().stubFor(get("/realm/.well-known/openid-configuration").willReturn(serverError()));
        now = now.plus(Duration.ofHours(2));

        assertThat(signIn.registration()).isSameAs(before);
        signIn.registration();
        assertAsked(2);
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                arguments("issuer", "https://other.example/realm"),
                arguments("authorization_endpoint", ""),
                arguments("authorization_endpoint", "javascript:alert(1)"),
                arguments("authorization_endpoint", "ftp://idp.example/authorize"),
                arguments("token_endpoint", ""),
                arguments("token_endpoint", "https://user:password@idp.example/token"),
                arguments("token_endpoint", "https://idp.example/token#part"),
                arguments("token_endpoint", "no address"),
                arguments("token_endpoint", List.of("https://idp.example/token")));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void registrationWhenTheMetadataIsUnusableIsUnreachable(String member, Object value) {
        issuer.announce(issuer.uri(), Map.of(member, value));

        assertUnreachable(signIn()::registration);
    }

    @ParameterizedTest
    @CsvSource({
        "client_secret_post, client_secret_post",
        "private_key_jwt, client_secret_basic",
        "client_secret_post client_secret_basic, client_secret_basic"
    })
    void registrationShowsTheSecretAsTheIssuerWants(String supported, String taken) {
        issuer.announce(issuer.uri(), Map.of("token_endpoint_auth_methods_supported", List.of(supported.split(" "))));

        assertThat(signIn().registration().getClientAuthenticationMethod())
                .isEqualTo(new ClientAuthenticationMethod(taken));
    }

    @Test
    void registrationWhenThereIsNoSecretIsOfAPublicClient() {
        assertThat(signIn(Map.of("console-client-secret", "")).registration().getClientAuthenticationMethod())
                .isEqualTo(ClientAuthenticationMethod.NONE);
    }

    @Test
    void answersOfAnotherIssuerAreTold() {
        IssuerSignIn signIn = signIn();

        assertThat(signIn.canHaveAnswered(null)).isTrue();
        assertThat(signIn.canHaveAnswered(issuer.uri())).isTrue();
        assertThat(signIn.canHaveAnswered("https://other.example")).isFalse();

        issuer.announce(issuer.uri(), Map.of("authorization_response_iss_parameter_supported", true));
        assertThat(signIn().canHaveAnswered(null)).isFalse();
    }

    @Test
    void tokensAreGivenForTheCodeTheVerifierAndTheSecret() {
        IssuerSignIn signIn = signIn();
        issuer.giveFor("code-1", idToken(claims -> claims));

        OAuth2AccessTokenResponse tokens = signIn.tokens(request(signIn, "code-1"));

        assertThat(tokens.getAdditionalParameters()).containsKey("id_token");
        var sent = issuer.server()
                .findAll(postRequestedFor(urlEqualTo("/realm/token")))
                .getFirst();
        assertThat(sent.getBodyAsString()).contains("grant_type=authorization_code", "code_verifier=the-verifier");
        assertThat(sent.getBodyAsString()).doesNotContain(SECRET);
        assertThat(sent.getHeader("Authorization")).startsWith("Basic ");
        assertThat(sent.getHeader("Content-Type")).startsWith("application/x-www-form-urlencoded");
        assertThat(sent.getHeader("Accept")).isEqualTo("application/json");

        assertThatExceptionOfType(OAuth2AuthorizationException.class)
                .isThrownBy(() -> signIn.tokens(request(signIn, "code-1")))
                .satisfies(
                        refused -> assertThat(refused.getError().getErrorCode()).isEqualTo("invalid_grant"));
    }

    @Test
    void tokensWhenTheEndpointLeadsElsewhereAreNotGiven() {
        IssuerSignIn signIn = signIn();
        issuer.server()
                .stubFor(post("/realm/token")
                        .willReturn(temporaryRedirect(issuer.server().baseUrl() + "/thief")));
        issuer.server().stubFor(post("/thief").willReturn(aResponse()));

        assertThatExceptionOfType(OAuth2AuthorizationException.class)
                .isThrownBy(() -> signIn.tokens(request(signIn, "code-1")));
        issuer.server().verify(0, postRequestedFor(urlEqualTo("/thief")));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401})
    void tokensWhenTheClientIsRefusedAreNotGivenForThatReason(int status) {
        IssuerSignIn signIn = signIn();
        issuer.server()
                .stubFor(post("/realm/token")
                        .willReturn(aResponse().withStatus(status).withBody("{\"error\": \"invalid_client\"}")));

        assertThatExceptionOfType(OAuth2AuthorizationException.class)
                .isThrownBy(() -> signIn.tokens(request(signIn, "code-1")))
                .satisfies(
                        refused -> assertThat(refused.getError().getErrorCode()).isEqualTo("invalid_client"));
    }

    @Test
    void whatTheIssuerSaysIsLoggedInOneLineWithoutSecrets() {
        assertThat(signIn().withoutSecrets("a\r\n2026 INFO forged\u202e " + SECRET + " c0de", "c0de"))
                .isEqualTo("a 2026 INFO forged  … …");
        assertThat(signIn().withoutSecrets("x".repeat(5_000), null)).hasSize(301);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{", "{\"access_token\": 1}", "{\"id_token\": \"x\"}"})
    void tokensWhenTheAnswerIsNoneAreNotGiven(String answer) {
        IssuerSignIn signIn = signIn();
        issuer.server()
                .stubFor(post("/realm/token")
                        .willReturn(aResponse().withStatus(200).withBody(answer)));

        assertThatExceptionOfType(OAuth2AuthorizationException.class)
                .isThrownBy(() -> signIn.tokens(request(signIn, "code-1")));
    }

    @Test
    void tokensWhenTheAnswerIsTooLargeAreNotGiven() {
        IssuerSignIn signIn = signIn();
        issuer.server()
                .stubFor(post("/realm/token")
                        .willReturn(aResponse()
                                .withStatus(200)
                                .withBody("{\"a\": \"" + "x".repeat(IssuerDocuments.MOST_BYTES) + "\"}")));

        assertUnreachable(() -> signIn.tokens(request(signIn, "code-1")));
    }

    @Test
    void idTokenWhenGoodTellsWhoAnAdminIs() {
        IssuerSignIn signIn = signIn();

        Jwt token = signIn.idToken(idToken(claims -> claims), signIn.registration());
        Caller.Person person =
                signIn.person(new OidcIdToken("token", token.getIssuedAt(), token.getExpiresAt(), token.getClaims()));

        assertThat(person.name()).isEqualTo("staff:ada");
        assertThat(person.scopes()).contains(Scope.ADMIN);
        assertThat(person.identity().issuer()).isEqualTo(issuer.uri());
        assertThat(person.identity().subject()).isEqualTo("f:1:ada");
    }

    static Stream<UnaryOperator<JWTClaimsSet.Builder>> notGood() {
        Instant past = Instant.now().minusSeconds(60);
        return Stream.of(
                claims -> claims.issuer("https://other.example"),
                claims -> claims.issuer(null),
                claims -> claims.audience("bridge-api"),
                claims -> claims.audience(List.of()),
                claims -> claims.audience(List.of(CLIENT, "other")),
                claims -> claims.audience(List.of(CLIENT, "other")).claim("azp", "other"),
                claims -> claims.claim("azp", "other"),
                claims -> claims.subject(null),
                claims -> claims.expirationTime(Date.from(past)),
                claims -> claims.expirationTime(null),
                claims -> claims.issueTime(null),
                claims -> claims.issueTime(Date.from(Instant.now().plusSeconds(300))),
                claims -> claims.notBeforeTime(Date.from(Instant.now().plusSeconds(300))));
    }

    @ParameterizedTest
    @MethodSource("notGood")
    void idTokenWhenItsClaimsAreNotGoodIsRefused(UnaryOperator<JWTClaimsSet.Builder> change) {
        assertRefused(idToken(change));
    }

    @Test
    void idTokenWhenNotSignedByTheIssuersPublicKeyIsRefused() throws Exception {
        JWTClaimsSet claims = claims().build();
        SignedJWT shared = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        shared.sign(new MACSigner((SECRET + SECRET).getBytes(StandardCharsets.UTF_8)));

        assertRefused(new PlainJWT(claims).serialize());
        assertRefused(TestIssuer.sign(TestIssuer.newKey(), claims));
        assertRefused(shared.serialize());
        assertRefused("nonsense");
    }

    @Test
    void idTokenWhenKeysCannotBeReadIsUnreachable() {
        IssuerSignIn signIn = signIn();
        ClientRegistration registration = signIn.registration();
        issuer.server().stubFor(get(anyUrl()).willReturn(serverError()));

        assertUnreachable(() -> signIn.idToken(idToken(claims -> claims), registration));
    }

    @Test
    void personWithoutTheRoleIsNoAdmin() {
        IssuerSignIn signIn = signIn();
        Map<String, Object> claims = new HashMap<>(Map.of(
                "sub", "f:1:bob", "preferred_username", "bob", "realm_access", Map.of("roles", List.of("other"))));

        assertThat(signIn.person(new OidcIdToken("token", null, null, claims)).scopes())
                .doesNotContain(Scope.ADMIN);
        claims.remove("preferred_username");
        assertThatExceptionOfType(InvalidBearerTokenException.class)
                .isThrownBy(() -> signIn.person(new OidcIdToken("token", null, null, claims)))
                .withMessageContaining("preferred_username");
    }

    @Test
    void endOfSessionNamesTheClientAndTheWayBackAndNoToken() {
        assertThat(signIn().endOfSession("https://bridge.example.org/console/sign-in?a=b&c"))
                .contains(URI.create(issuer.uri() + "/logout?from=us&client_id=bridge-console&post_logout_redirect_uri="
                        + "https%3A%2F%2Fbridge.example.org%2Fconsole%2Fsign-in%3Fa%3Db%26c"));

        issuer.announce(issuer.uri(), Map.of("end_session_endpoint", ""));
        assertThat(signIn().endOfSession("https://bridge.example.org/")).isEmpty();
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments("console-client-secret", Map.of("console-client-id", "")),
                arguments(
                        "console-name",
                        Map.of("console-client-id", "", "console-client-secret", "", "console-name", "X")),
                arguments("admin-role", Map.of("admin-role", "")),
                arguments("console-name", Map.of("console-name", "a\u0000b")),
                arguments("console-name", Map.of("console-name", "x".repeat(61))));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void settingsWhenTheyCanOnlyBeAMistakeAreRefused(String named, Map<String, String> changes) {
        assertThatExceptionOfType(AccessCannotStart.class)
                .isThrownBy(() -> signIn(changes))
                .satisfies(refusal -> assertThat(refusal.getMessage() + refusal.action())
                        .contains(named)
                        .doesNotContain(SECRET));
    }

    @Test
    void settingsDoNotPrintTheSecret() {
        AccessProperties properties = properties(Map.of());

        assertThat(properties.issuers().getFirst().consoleClientSecret()).isEqualTo(SECRET);
        assertThat(properties.toString() + properties.issuers())
                .contains(CLIENT)
                .doesNotContain(SECRET);
        assertThat(ConsoleClient.of(properties.issuers().getFirst(), issuer.uri(), "issuers[0]"))
                .asString()
                .contains(CLIENT)
                .doesNotContain(SECRET);
        assertThat(new IssuerDocuments.Answer(200, SECRET)).asString().doesNotContain(SECRET);
    }

    private void assertRefused(String idToken) {
        IssuerSignIn signIn = signIn();
        assertThatExceptionOfType(InvalidBearerTokenException.class)
                .isThrownBy(() -> signIn.idToken(idToken, signIn.registration()));
    }

    private static void assertUnreachable(ThrowingCallable call) {
        assertThatExceptionOfType(OAuth2AuthenticationException.class)
                .isThrownBy(call)
                .satisfies(
                        failed -> assertThat(failed.getError().getErrorCode()).isEqualTo(IssuerSignIn.UNREACHABLE));
    }

    private static void assertAsked(int times) {
        issuer.server().verify(times, getRequestedFor(urlEqualTo("/realm/.well-known/openid-configuration")));
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(issuer.uri())
                .audience(CLIENT)
                .subject("f:1:ada")
                .issueTime(Date.from(Instant.now()))
                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                .claim("preferred_username", "ada")
                .claim("roles", List.of("bridge-admin"));
    }

    private static String idToken(UnaryOperator<JWTClaimsSet.Builder> change) {
        return TestIssuer.sign(issuer.key(), change.apply(claims()).build());
    }

    private static OAuth2AuthorizationCodeGrantRequest request(IssuerSignIn signIn, String code) {
        ClientRegistration registration = signIn.registration();
        OAuth2AuthorizationRequest asked = OAuth2AuthorizationRequest.authorizationCode()
                .clientId(registration.getClientId())
                .authorizationUri(registration.getProviderDetails().getAuthorizationUri())
                .redirectUri("https://bridge.example.org/console/sign-in/callback/x")
                .attributes(Map.of("code_verifier", "the-verifier"))
                .state("s")
                .build();
        return new OAuth2AuthorizationCodeGrantRequest(
                registration,
                new OAuth2AuthorizationExchange(
                        asked,
                        OAuth2AuthorizationResponse.success(code)
                                .redirectUri("https://bridge.example.org/console/sign-in/callback/x")
                                .state("s")
                                .build()));
    }

    private IssuerSignIn signIn() {
        return signIn(Map.of());
    }

    private IssuerSignIn signIn(Map<String, String> changes) {
        Clock clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneId.of("UTC");
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
        return new TrustedIssuers(properties(changes), clock, new SimpleMeterRegistry(), ForwardProxies.none())
                .signIns()
                .getFirst();
    }

    private static AccessProperties properties(Map<String, String> changes) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "issuer-uri",
                issuer.uri(),
                "audience",
                TestIssuer.AUDIENCE,
                "username-prefix",
                "staff:",
                "admin-role",
                "bridge-admin",
                "console-client-id",
                CLIENT,
                "console-client-secret",
                SECRET));
        settings.putAll(changes);
        Map<String, String> properties = new HashMap<>();
        settings.forEach((name, value) -> properties.put("bridge.access.issuers[0]." + name, value));
        return new Binder(new MapConfigurationPropertySource(properties))
                .bind("bridge.access", AccessProperties.class)
                .get();
    }
}
