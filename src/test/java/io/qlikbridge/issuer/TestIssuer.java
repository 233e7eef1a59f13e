package io.qlikbridge.issuer;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** An OpenID Connect issuer with discovery, keys, and tokens with whatever claims a test wants. */
public class TestIssuer {

    public static final String AUDIENCE = "bridge-api";

    private final WireMockServer server =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());
    private RSAKey key = newKey();

    public TestIssuer() {
        server.start();
        announce();
    }

    public String uri() {
        return server.baseUrl() + "/realm";
    }

    public void stop() {
        server.stop();
    }

    public WireMockServer server() {
        return server;
    }

    public void announce() {
        announce(server.baseUrl() + "/realm");
    }

    public void announce(String issuer) {
        announce(issuer, Map.of());
    }

    /** The same, with more or other members of its metadata; an empty text for one that is not there. */
    public void announce(String issuer, Map<String, Object> changes) {
        String base = server.baseUrl() + "/realm";
        Map<String, Object> metadata = new HashMap<>(Map.of(
                "issuer", issuer,
                "jwks_uri", base + "/keys",
                "authorization_endpoint", base + "/authorize",
                "token_endpoint", base + "/token",
                "end_session_endpoint", base + "/logout?from=us"));
        metadata.putAll(changes);
        metadata.values().removeIf(""::equals);
        server.stubFor(get("/realm/.well-known/openid-configuration")
                .willReturn(okJson(JSONObjectUtils.toJSONString(metadata))));
        server.stubFor(get("/realm/keys").willReturn(okJson(new JWKSet(key.toPublicJWK()).toString())));
    }

    public void rotate() {
        key = newKey();
        announce();
    }

    public RSAKey key() {
        return key;
    }

    /** A good token for a person, after a change. */
    public String token(String username, UnaryOperator<JWTClaimsSet.Builder> change) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(uri())
                .audience(AUDIENCE)
                .subject("f:1:" + username)
                .issueTime(Date.from(Instant.now()))
                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                .claim("preferred_username", username);
        return sign(key, change.apply(claims).build());
    }

    public String token(String username) {
        return token(username, claims -> claims);
    }

    /** Has the token endpoint give these for a code, once. */
    public void giveFor(String code, String idToken) {
        server.stubFor(post("/realm/token")
                .withRequestBody(containing("code=" + code + "&"))
                .inScenario(code)
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("used")
                .willReturn(okJson("{\"access_token\": \"access-of-" + code
                        + "\", \"token_type\": \"Bearer\", \"expires_in\": 300, \"id_token\": \"" + idToken + "\"}")));
        server.stubFor(post("/realm/token")
                .withRequestBody(containing("code=" + code + "&"))
                .inScenario(code)
                .whenScenarioStateIs("used")
                .willReturn(jsonResponse("{\"error\": \"invalid_grant\", \"error_description\": \"used\"}", 400)));
    }

    public static String sign(RSAKey key, JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException failed) {
            throw new IllegalStateException(failed);
        }
    }

    public static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).keyIDFromThumbprint(true).generate();
        } catch (JOSEException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
