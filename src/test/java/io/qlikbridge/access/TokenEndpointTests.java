package io.qlikbridge.access;

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
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
class TokenEndpointTests {

    static final String SECRET = "the-operators-own-secret";
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
                         "response_types_supported": [], "grant_types_supported": ["client_credentials"],
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
