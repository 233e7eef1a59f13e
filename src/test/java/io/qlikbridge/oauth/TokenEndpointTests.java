package io.qlikbridge.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.qlikbridge.TestDatabase;
import io.qlikbridge.TestHttp;
import io.qlikbridge.TestHttp.Answer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "bridge.access.admin-secret=" + TokenEndpointTests.SECRET)
@ContextConfiguration(initializers = TestDatabase.class)
@ResourceLock(TokenEndpointTests.SECRET)
public class TokenEndpointTests {

    public static final String SECRET = "the-operators-own-secret";
    private static final String GRANT = "grant_type=client_credentials";

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    private TestHttp http;

    @BeforeEach
    void connect() {
        http = new TestHttp(port);
    }

    @Test
    void tokenWhenAskedIsASignedJwtForTheBridge() throws Exception {
        Answer answer = http.tokenRequest("admin", SECRET, GRANT + "&scope=bridge.apps+bridge.tokens");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        JsonNode json = answer.json();
        assertThat(json.get("token_type").asString()).isEqualTo("Bearer");
        assertThat(json.get("expires_in").asInt()).isBetween(890, 900);
        assertThat(json.get("scope").asString().split(" ")).containsExactlyInAnyOrder("bridge.apps", "bridge.tokens");
        assertThat(json.has("refresh_token")).isFalse();
        SignedJWT token = SignedJWT.parse(json.get("access_token").asString());
        RSAKey key = (RSAKey) JWKSet.parse(http.get("/oauth2/jwks", null).body())
                .getKeyByKeyId(token.getHeader().getKeyID());
        assertThat(token.verify(new RSASSAVerifier(key))).isTrue();
        assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo("RS256");
        JWTClaimsSet claims = token.getJWTClaimsSet();
        assertThat(claims.getAudience()).containsExactly("qlik-bridge");
        assertThat(claims.getSubject()).isEqualTo("admin");
        assertThat(claims.getStringListClaim("scope")).containsExactlyInAnyOrder("bridge.apps", "bridge.tokens");
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void tokenWhenNoScopeIsAskedHasAllOfTheClient() {
        Answer answer = http.tokenRequest("admin", SECRET, GRANT);

        assertThat(answer.json().get("scope").asString().split(" "))
                .containsExactlyInAnyOrder("bridge.admin", "bridge.apps", "bridge.tokens");
    }

    @Test
    void tokenWhenSecretIsInTheFormIsGiven() {
        Answer answer = http.tokenRequest(null, null, GRANT + "&client_id=admin&client_secret=" + SECRET);

        assertThat(answer.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "admin, wrong,   grant_type=client_credentials, 401, invalid_client",
                "admin, a-secret-that-is-longer-than-what-bcrypt-takes-which-is-seventy-two-bytes-so-this-one-is-more, grant_type=client_credentials, 401, invalid_client",
                "nobody, wrong,  grant_type=client_credentials, 401, invalid_client",
                "-, -,           grant_type=client_credentials, 401, invalid_client",
                "-, -,           '',                            401, invalid_client",
                "admin, the-operators-own-secret, grant_type=client_credentials&scope=bridge.apps+nothing, 400, invalid_scope",
                "admin, the-operators-own-secret, grant_type=refresh_token&refresh_token=x, 400, unsupported_grant_type",
                "admin, the-operators-own-secret, grant_type=authorization_code&code=x, 400, invalid_grant",
                "admin, the-operators-own-secret, '', 400, invalid_request",
            })
    void tokenWhenRefusedSaysSoInTheFormOfOAuth(String client, String secret, String form, int status, String error) {
        Answer answer = http.tokenRequest(client, secret, form);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.json().get("error").asString()).isEqualTo(error);
        assertThat(answer.json().get("error_description").asString()).isNotBlank();
        assertThat(answer.header("WWW-Authenticate")).isEqualTo(status == 401 ? "Basic realm=\"qlik-bridge\"" : null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-             | application/json | {\"grant_type\":\"client_credentials\"} | 400 | invalid_request | JSON",
                "good          | application/json; charset=utf-8 | {\"a\":1} | 400 | invalid_request | JSON",
                "-             | application/vnd.x+json | {} | 400 | invalid_request | JSON",
                "-             | multipart/form-data; boundary=b | --b-- | 400 | invalid_request | multipart",
                "-             | text/xml | <a/> | 400 | invalid_request | XML",
                "-             | text/plain | grant_type=client_credentials | 400 | invalid_request | another type",
                "-             | nonsense | x | 400 | invalid_request | type that is none",
                "good          | - | x=y | 400 | invalid_request | no Content-Type",
                "good          | - | - | 400 | invalid_request | no body",
                "-             | - | - | 401 | invalid_client | names no client",
                "good          | application/x-www-form-urlencoded | scope=bridge.apps | 400 | invalid_request | no grant_type",
                "good          | application/x-www-form-urlencoded | grant_type= | 400 | unsupported_grant_type | Only grant_type=client_credentials",
                "good          | application/x-www-form-urlencoded | grant_type=password&username=a | 400 | unsupported_grant_type | Only grant_type=client_credentials",
                "good          | application/x-www-form-urlencoded | grant_type=client_credentials&grant_type=client_credentials | 400 | invalid_request | grant_type is sent more than once",
                "good          | application/x-www-form-urlencoded | grant_type=client_credentials&scope=bridge.apps&scope=bridge.tokens | 400 | invalid_request | scope is sent more than once",
                "good          | application/x-www-form-urlencoded | grant_type=client_credentials&client_id=admin&client_secret=x | 400 | invalid_request | in the body",
                "good          | application/x-www-form-urlencoded | grant_type=client_credentials&client_id=other | 400 | invalid_request | two clients",
                "good          | application/x-www-form-urlencoded | grant_type=client_credentials&client_id=admin | 200 | - | -",
                "good          | application/x-www-form-urlencoded | grant_type=client_credentials&scope= | 200 | - | -",
                "good          | application/x-www-form-urlencoded | grant_type=client_credentials&scope=+ | 400 | invalid_scope | blank",
                "good          | application/x-www-form-urlencoded | grant_type=client_credentials&scope=bridge.apps++bridge.tokens | 400 | invalid_scope | one blank",
                "good          | application/x-www-form-urlencoded | grant_type=client_credentials&scope=bridge.apps,bridge.tokens | 400 | invalid_scope | comma",
                "good          | application/x-www-form-urlencoded | grant_type=client_credentials&scope=bridge.app%22%0a%3Cb%3E | 400 | invalid_scope | no scope bridge.app???b?",
                "-             | application/x-www-form-urlencoded | grant_type=client_credentials&client_id=admin | 401 | invalid_client | no client_secret",
                "-             | application/x-www-form-urlencoded | grant_type=client_credentials&client_secret=x | 401 | invalid_client | no client_id",
                "Bearer x      | application/x-www-form-urlencoded | grant_type=client_credentials | 401 | invalid_client | not with what Authorization holds",
                "Basic         | application/x-www-form-urlencoded | grant_type=client_credentials | 400 | invalid_request | nothing behind Basic",
                "Basic b m9    | application/x-www-form-urlencoded | grant_type=client_credentials | 400 | invalid_request | other blanks",
                "Basic %%%     | application/x-www-form-urlencoded | grant_type=client_credentials | 400 | invalid_request | not base64",
                "Basic bm9jb2xvbg==  | application/x-www-form-urlencoded | grant_type=client_credentials | 400 | invalid_request | no colon",
                "Basic YWRtaW46      | application/x-www-form-urlencoded | grant_type=client_credentials | 400 | invalid_request | no secret",
                "Basic OnNlY3JldA==  | application/x-www-form-urlencoded | grant_type=client_credentials | 400 | invalid_request | no client id",
                "Basic YWRtaW46MTAwJQ== | application/x-www-form-urlencoded | grant_type=client_credentials | 400 | invalid_request | percent sign",
                "Basic YWRtaW46YStiYg== | application/x-www-form-urlencoded | grant_type=client_credentials | 401 | invalid_client | plus sign",
                "Basic YWRtaW46d3Jvbmc= | application/x-www-form-urlencoded | grant_type=client_credentials | 401 | invalid_client | secret is another",
            })
    void tokenWhenTheRequestIsNotOneSaysWhatIsWrongWithIt(
            String authorization, String type, String body, int status, String error, String said) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/oauth2/token"))
                .POST(body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (authorization != null) {
            request.header("Authorization", authorization.equals("good") ? basic("admin", SECRET) : authorization);
        }
        if (type != null) {
            request.header("Content-Type", type);
        }

        Answer answer = http.send(request.build());

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        if (error != null) {
            assertThat(answer.json().get("error").asString()).isEqualTo(error);
            String description = answer.json().get("error_description").asString();
            // the characters of RFC 6749, section 5.2
            assertThat(description).contains(said).matches("[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]+");
            assertThat(description.contains("secret is another"))
                    .isEqualTo(said.matches("plus sign|secret is another"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "client_id=admin&client_secret=very-secret, given a new one",
        "grant_type=client_credentials, not read",
    })
    void tokenWhenParametersStandInTheAddressSaysSo(String query, String said) {
        Answer answer = http.send("POST", "/oauth2/token?" + query, null, null);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("error").asString()).isEqualTo("invalid_request");
        assertThat(answer.json().get("error_description").asString()).contains(said);
        assertThat(answer.body()).doesNotContain("very-secret");
    }

    @Test
    void tokenWhenTheRequestIsMalformedCountsAsNoWrongSecret() {
        for (int request = 0; request < 20; request++) {
            http.send("POST", "/oauth2/token", null, "{}", "Content-Type", "application/json");
        }

        assertThat(http.tokenRequest("admin", SECRET, GRANT).status()).isEqualTo(200);
    }

    private static String basic(String client, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void tokenWhenClientProvesItselfInAnotherWayIsRefused() {
        String form = GRANT + "&client_id=admin&client_assertion=x"
                + "&client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

        assertThat(http.tokenRequest(null, null, form).status()).isEqualTo(401);
        assertThat(http.tokenRequest(null, null, GRANT + "&client_id=admin").status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/oauth2/authorize",
                "/oauth2/device_authorization",
                "/oauth2/device_verification",
                "/oauth2/introspect",
                "/oauth2/revoke",
                "/oauth2/par",
                "/oauth2/register",
                "/connect/register",
                "/connect/logout",
                "/userinfo",
                "/login",
                "/logout",
                "/.well-known/openid-configuration",
                "/.well-known/oauth-protected-resource"
            })
    void otherEndpointsAreNotThere(String path) {
        for (String method : List.of("GET", "POST")) {
            Answer answer = http.send(method, path, null, null);
            assertThat(answer.status()).as(method).isEqualTo(404);
            assertThat(answer.code()).isEqualTo("not-found");
        }
    }

    @Test
    void metadataAnnouncesWhatIsThereAlone() {
        JsonNode metadata =
                http.get("/.well-known/oauth-authorization-server", null).json();

        String here = "http://localhost:" + port;
        assertThat(metadata)
                .isEqualTo(new tools.jackson.databind.json.JsonMapper().readTree("""
                        {"issuer": "%s", "token_endpoint": "%s/oauth2/token", "jwks_uri": "%s/oauth2/jwks",
                         "scopes_supported": ["bridge.admin", "bridge.apps", "bridge.tokens"],
                         "response_types_supported": [],
                         "grant_types_supported": ["client_credentials", "urn:ietf:params:oauth:grant-type:token-exchange"],
                         "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"]}
                        """.formatted(here, here, here)));
    }

    @Test
    void metadataWhenBehindATlsProxyNamesTheAddressCallersUse() {
        JsonNode sameHost = http.get("/.well-known/oauth-authorization-server", null, "X-Forwarded-Proto", "https")
                .json();
        JsonNode otherHost = http.get(
                        "/.well-known/oauth-authorization-server",
                        null,
                        "X-Forwarded-For",
                        "203.0.113.7",
                        "X-Forwarded-Proto",
                        "https",
                        "X-Forwarded-Host",
                        "bridge.example.org",
                        "X-Forwarded-Port",
                        "8443")
                .json();

        assertThat(sameHost.get("issuer").asString()).isEqualTo("https://localhost");
        assertThat(otherHost.get("issuer").asString()).isEqualTo("https://bridge.example.org:8443");
        assertThat(otherHost.get("token_endpoint").asString())
                .isEqualTo("https://bridge.example.org:8443/oauth2/token");
        assertThat(otherHost.get("jwks_uri").asString()).isEqualTo("https://bridge.example.org:8443/oauth2/jwks");
    }

    @Test
    void metadataNamesTheIssuerOfTheTokens() throws Exception {
        String issuer = http.get("/.well-known/oauth-authorization-server", null)
                .json()
                .get("issuer")
                .asString();

        assertThat(SignedJWT.parse(http.token("admin", SECRET))
                        .getJWTClaimsSet()
                        .getIssuer())
                .isEqualTo(issuer);
    }

    @Test
    void tokenWhenBodyIsTooLargeIsRefused() {
        byte[] large = (GRANT + "&scope=" + "a".repeat(1_200_000)).getBytes();
        Answer announced = http.tokenRequest("admin", SECRET, new String(large));
        Answer chunked = http.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofByteArray(large)))
                .build());

        assertThat(announced.status()).isEqualTo(413);
        assertThat(chunked.status()).isEqualTo(413);
        assertThat(chunked.code()).isEqualTo("content-too-large");
    }

    @Test
    void jwksHasPublicKeysAlone() {
        String keys = http.get("/oauth2/jwks", null).body();

        assertThat(keys).contains("\"kty\":\"RSA\"").contains("\"n\":").doesNotContain("\"d\":", "\"p\":", "\"q\":");
    }

    @Test
    void databaseHasNeitherSecretNorKeyNorToken() {
        http.token("admin", SECRET);

        String clients = jdbc.sql("select string_agg(to_jsonb(c)::text, '') from oauth2_registered_client c")
                .query(String.class)
                .single();
        String keys = jdbc.sql("select string_agg(to_jsonb(k)::text || encode(k.ciphertext, 'escape'), '')"
                        + " from access_token_key k")
                .query(String.class)
                .single();
        assertThat(clients).contains("{bcrypt}").doesNotContain(SECRET);
        assertThat(keys).contains("\\\"n\\\"").doesNotContain("\\\"d\\\"", "\"d\"", "\"p\"", "\"qi\"");
        assertThat(jdbc.sql("select count(*) from information_schema.tables where table_name = 'oauth2_authorization'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }
}
