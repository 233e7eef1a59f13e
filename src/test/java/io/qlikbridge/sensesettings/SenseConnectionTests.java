package io.qlikbridge.sensesettings;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Connections to client-managed sites, as an admin sets them up. */
class SenseConnectionTests {

    private static final Product bridge = Product.shared();

    private static final Map<String, Object> CERTIFICATES =
            Map.of("type", "qlik-sense", "host", "https://localhost", "signIn", "certificates", "userDirectory", "LAB");

    private static final Map<String, Object> JWT =
            Map.of("type", "qlik-sense", "host", "https://localhost", "signIn", "jwt", "userDirectory", "LAB");

    private final String path = "/api/v1/connections/" + Product.name("site");

    @Test
    void certificateConnectionHasItsDefaultsAndNothingOfTheOtherKinds() {
        JsonNode made = bridge.put(path, CERTIFICATES).expect(201).json();

        assertThat(made).isEqualTo(bridge.get(path).expect(200).json());
        assertThat(made.path("signIn").asString()).isEqualTo("certificates");
        assertThat(made.path("userDirectory").asString()).isEqualTo("LAB");
        assertThat(made.path("repositoryPort").asInt()).isEqualTo(4242);
        assertThat(made.path("proxyPort").asInt()).isEqualTo(4243);
        assertThat(made.path("hostNameCheck").asBoolean()).isTrue();
        assertThat(made.path("certificates").isNull()).isTrue();
        assertThat(made.path("warnings")).isEmpty();
        assertThat(made.propertyNames())
                .doesNotContain("virtualProxy", "tokenExpiry", "issuer", "apiKeyExpiry", "effectiveApiKeyExpiry");
    }

    @Test
    void jwtConnectionHasItsDefaultsAndNothingOfTheOtherKinds() {
        JsonNode made = bridge.put(path, with(JWT, "virtualProxy", "/bridge/"))
                .expect(201)
                .json();

        assertThat(made).isEqualTo(bridge.get(path).expect(200).json());
        assertThat(made.path("virtualProxy").asString()).isEqualTo("bridge");
        assertThat(made.path("userIdClaim").asString()).isEqualTo("userId");
        assertThat(made.path("userDirectoryClaim").asString()).isEqualTo("userDirectory");
        assertThat(made.path("audience").isNull()).isTrue();
        assertThat(made.path("tokenExpiry").asString()).isEqualTo("PT1H");
        assertThat(made.path("hostNameCheck").asBoolean()).isTrue();
        assertThat(made.propertyNames()).doesNotContain("repositoryPort", "proxyPort", "issuer");
    }

    @Test
    void connectionIsPutBackAsItIsShown() {
        for (Map<String, Object> settings : Arrays.asList(CERTIFICATES, JWT)) {
            JsonNode shown = bridge.put(path, settings).json();
            Map<String, Object> body = new HashMap<>();
            shown.forEachEntry((name, value) -> body.put(name, value));
            Arrays.asList("id", "signingKey", "certificates", "warnings", "createdAt", "updatedAt")
                    .forEach(body::remove);

            assertThat(bridge.put(path, body).expect(200).json().path("signIn")).isEqualTo(shown.path("signIn"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "certificates, virtualProxy, bridge",
        "certificates, tokenExpiry, PT1H",
        "certificates, userIdClaim, userId",
        "certificates, userDirectoryClaim, userDirectory",
        "certificates, audience, sense",
        "certificates, issuer, https://bridge.example.org",
        "certificates, apiKeyExpiry, PT1H",
        "certificates, webIntegrationId, abc",
        "certificates, origin, https://localhost",
        "certificates, sslBundle, bundle",
        "jwt, issuer, https://bridge.example.org",
        "jwt, sslBundle, bundle",
        "jwt, virtualProxy, Bridge",
        "jwt, virtualProxy, a/b",
        "jwt, virtualProxy, a b",
        "jwt, tokenExpiry, PT59S",
        "jwt, tokenExpiry, PT24H1S",
        "jwt, tokenExpiry, an hour",
        "jwt, userIdClaim, exp",
        "jwt, userIdClaim, userDirectory",
        "jwt, userDirectoryClaim, userId",
        "jwt, userDirectoryClaim, aud",
        "jwt, userDirectory, LAB\\NORTH",
        "jwt, userDirectory, ' '",
        "certificates, signIn, ticket",
        "certificates, hostNameCheck, maybe",
        "certificates, repositoryPort, 4242"
    })
    void propertyThatDoesNotGoHereIsRefusedByItsName(String signIn, String name, String value) {
        JsonNode problem = bridge.put(path, with(signIn.equals("jwt") ? JWT : CERTIFICATES, name, value))
                .expectProblem(400, "invalid-request")
                .json();

        assertThat(problem.path("errors").findValuesAsString("pointer")).contains("#/" + name);
    }

    @ParameterizedTest
    @CsvSource({"jwt, repositoryPort", "jwt, proxyPort"})
    void portThatDoesNotGoHereIsRefusedByItsName(String signIn, String name) {
        assertThat(bridge.put(path, with(JWT, name, 4242))
                        .expectProblem(400, "invalid-request")
                        .json()
                        .path("errors")
                        .findValuesAsString("pointer"))
                .containsExactly("#/" + name);
    }

    @ParameterizedTest
    @CsvSource({"0", "65536", "-1"})
    void portThatIsNoneIsRefused(int port) {
        bridge.put(path, with(CERTIFICATES, "repositoryPort", port)).expectProblem(400, "invalid-request");
    }

    @Test
    void propertyOfASiteIsUnknownToQlikCloud() {
        Map<String, Object> cloud = Map.of(
                "type", "qlik-cloud",
                "host", "https://tenant.eu.qlikcloud.com",
                "issuer", "https://bridge.example.org",
                "virtualProxy", "bridge");

        assertThat(bridge.put(path, cloud)
                        .expectProblem(400, "invalid-request")
                        .json()
                        .path("errors")
                        .findValuesAsString("pointer"))
                .containsExactly("#/virtualProxy");
    }

    @Test
    void mappingIsKeptInItsWholeForm() {
        String connection = path.substring(path.lastIndexOf('/') + 1);
        bridge.put(path, JWT).expect(201);
        JsonNode user = bridge.post(
                        "/api/v1/users", Map.of("username", Product.name("ada"), "subjects", Map.of(connection, "ada")))
                .expect(201)
                .json();
        JsonNode other = bridge.post(
                        "/api/v1/users",
                        Map.of("username", Product.name("bob"), "subjects", Map.of(connection, "NORTH\\bob")))
                .expect(201)
                .json();

        assertThat(user.path("subjects").path(connection).asString()).isEqualTo("LAB\\ada");
        assertThat(other.path("subjects").path(connection).asString()).isEqualTo("NORTH\\bob");
    }

    @ParameterizedTest
    @CsvSource({"\\ada", "LAB\\", "LAB\\a\\b", "\\"})
    void mappingThatNamesNobodyIsRefused(String subject) {
        String connection = path.substring(path.lastIndexOf('/') + 1);
        bridge.put(path, JWT).expect(201);

        bridge.post("/api/v1/users", Map.of("username", Product.name("ada"), "subjects", Map.of(connection, subject)))
                .expectProblem(400, "invalid-request");
    }

    @Test
    void backslashInAUsernameChoosesNoDirectory() {
        String connection = path.substring(path.lastIndexOf('/') + 1);
        bridge.put(path, JWT).expect(201);
        bridge.post(path + "/signing-keys", Map.of("generate", Map.of("bits", 2048)))
                .expect(201);
        String username = Product.name("INTERNAL\\sa_repository");
        bridge.post("/api/v1/users", Map.of("username", username)).expect(201);

        bridge.token(connection, username).expectProblem(404, "subject-not-mapped");
    }

    private static Map<String, Object> with(Map<String, Object> settings, String name, Object value) {
        Map<String, Object> more = new HashMap<>(settings);
        more.put(name, value);
        return more;
    }
}
