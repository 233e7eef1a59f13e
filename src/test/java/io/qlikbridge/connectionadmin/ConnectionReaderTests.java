package io.qlikbridge.connectionadmin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.qlikbridge.cloudsettings.ApiKeyExpiry;
import io.qlikbridge.cloudsettings.CloudKind;
import io.qlikbridge.cloudsettings.CloudSettings;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.SubjectPolicy;
import io.qlikbridge.connection.TestConnections;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.problem.Violation;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ConnectionReaderTests {

    private static final ConnectionId MAIN = new ConnectionId("main");
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final JsonMapper JSON = new JsonMapper();
    private static final String HOST = "https://tenant.eu.qlikcloud.com";

    private final ConnectionReader reader = new ConnectionReader(
            TestConnections.kinds(new CloudKind(null)),
            new ConnectionProperties(
                    Stream.of(".qlikcloud.com", "qlik.example.org", "http://127.0.0.1", "[2001:db8::7]", "http://[::1]")
                            .map(AllowedHost::of)
                            .toList()),
            new DefaultSslBundleRegistry("private-ca", SslBundle.of(null)));

    @Test
    void readWhenOnlyTheRequiredIsGivenFillsInTheDefaults() {
        Connection connection = read(request -> request);

        assertThat(connection)
                .isEqualTo(new Connection(
                        MAIN,
                        CloudSettings.TYPE,
                        URI.create(HOST),
                        SubjectPolicy.DEFAULT,
                        "{username}",
                        null,
                        TestConnections.cloud(null, null, "https://bridge.example.org", new ApiKeyExpiry("PT24H")),
                        NOW,
                        NOW));
    }

    @Test
    void readWhenAllIsGivenKeepsIt() {
        Connection connection = read(request -> request.put("webIntegrationId", "aB3_-")
                .put("origin", "https://Localhost:8443")
                .put("apiKeyExpiry", "P30D")
                .put("subjects", "mapped-only")
                .put("subjectTemplate", "acme|{email}")
                .put("sslBundle", "private-ca"));

        assertThat(connection.settings())
                .isEqualTo(TestConnections.cloud(
                        "aB3_-", "https://localhost:8443", "https://bridge.example.org", new ApiKeyExpiry("P30D")));
        assertThat(connection.subjects()).isEqualTo(SubjectPolicy.MAPPED_ONLY);
        assertThat(connection.subjectTemplate()).isEqualTo("acme|{email}");
        assertThat(connection.sslBundle()).isEqualTo("private-ca");
    }

    @Test
    void readWhenEverythingIsWrongTellsEverything() {
        Map<String, JsonNode> wrong = request(JSON.createObjectNode()
                .put("type", "qlik-view")
                .put("host", "ftp://x")
                .put("webIntegrationId", "a b")
                .put("origin", "https://*.x")
                .put("issuer", " i ")
                .put("apiKeyExpiry", "P1Y")
                .put("subjects", "some")
                .put("subjectTemplate", "everybody")
                .put("sslBundle", "unknown")
                .put("hots", 5));

        BridgeException refusal = catchThrowableOfType(BridgeException.class, () -> reader.read(MAIN, wrong, NOW));

        assertThat(refusal.code()).isEqualTo(ProblemCode.INVALID_REQUEST);
        assertThat(refusal.violations())
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder(
                        "#/type",
                        "#/host",
                        "#/webIntegrationId",
                        "#/origin",
                        "#/issuer",
                        "#/apiKeyExpiry",
                        "#/subjects",
                        "#/subjectTemplate",
                        "#/sslBundle",
                        "#/hots");
    }

    @Test
    void readWhenNothingIsGivenNamesWhatIsRequired() {
        BridgeException refusal = catchThrowableOfType(
                BridgeException.class, () -> reader.read(MAIN, request(JSON.createObjectNode()), NOW));

        assertThat(refusal.violations())
                .containsExactly(
                        new Violation("#/type", "is required"),
                        new Violation("#/host", "is required"),
                        new Violation("#/issuer", "is required"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    https://tenant.eu.qlikcloud.com      | https://tenant.eu.qlikcloud.com
                    https://tenant.eu.qlikcloud.com/     | https://tenant.eu.qlikcloud.com
                    https://tenant.eu.qlikcloud.com:443  | https://tenant.eu.qlikcloud.com
                    https://tenant.eu.qlikcloud.com:     | https://tenant.eu.qlikcloud.com
                    HTTPS://Tenant.EU.QlikCloud.com:443/ | https://tenant.eu.qlikcloud.com
                    https://qlik.example.org             | https://qlik.example.org
                    https://qlik.example.org:8443        | https://qlik.example.org:8443
                    http://127.0.0.1                     | http://127.0.0.1
                    http://127.0.0.1:80                  | http://127.0.0.1
                    http://127.0.0.1:9200/               | http://127.0.0.1:9200
                    https://[2001:DB8::7]:8443           | https://[2001:db8::7]:8443
                    http://[::1]:8080                    | http://[::1]:8080
                    """)
    void readWhenHostIsAllowedKeepsOneSpellingOfIt(String host, String kept) {
        assertThat(read(request -> request.put("host", host)).host()).hasToString(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "https://",
                "https:///",
                "tenant.eu.qlikcloud.com",
                "//tenant.eu.qlikcloud.com",
                "https:tenant.eu.qlikcloud.com",
                "https:/tenant.eu.qlikcloud.com",
                " https://tenant.eu.qlikcloud.com",
                "https://tenant.eu.qlikcloud.com ",
                "https://tenant.eu.qlikcloud.com\n",
                "https://tenant.eu.qlikcloud.com//",
                "https://tenant.eu.qlikcloud.com/api",
                "https://tenant.eu.qlikcloud.com/?",
                "https://tenant.eu.qlikcloud.com?",
                "https://tenant.eu.qlikcloud.com?a=b",
                "https://tenant.eu.qlikcloud.com#",
                "https://tenant.eu.qlikcloud.com#/",
                "https://tenant.eu.qlikcloud.com;x",
                "https://tenant.eu.qlikcloud.com.",
                "https://tenant.eu.qlikcloud.com:8443",
                "https://tenant.eu.qlikcloud.com:0",
                "https://qlik.example.org:0",
                "https://qlik.example.org:65536",
                "https://qlik.example.org:99999999999",
                "https://qlik.example.org:-1",
                "https://qlik.example.org:x",
                "https://qlik.example.org.",
                "https://a.qlik.example.org",
                "http://tenant.eu.qlikcloud.com",
                "http://tenant.eu.qlikcloud.com:443",
                "http://qlik.example.org",
                "https://127.0.0.1",
                "http://127.0.0.2",
                "http://127.1",
                "http://2130706433",
                "http://0x7f.0.0.1",
                "http://127.0.0.1.nip.io",
                "https://[::1]",
                "http://::1",
                "http://[::1%25lo]",
                "http://[::ffff:127.0.0.1]",
                "https://qlikcloud.com",
                "https://.qlikcloud.com",
                "https://..qlikcloud.com",
                "https://a..qlikcloud.com",
                "https://evilqlikcloud.com",
                "https://a.qlikcloud.com.evil.com",
                "https://evil.com#.qlikcloud.com",
                "https://evil.com?.qlikcloud.com",
                "https://evil.com/.qlikcloud.com",
                "https://evil.com\\.qlikcloud.com",
                "https://evil.com\\@a.qlikcloud.com",
                "https://evil.com%2f.qlikcloud.com",
                "https://evil.com%00.qlikcloud.com",
                "https://evil.com\t.qlikcloud.com",
                "https://evil.com\0.qlikcloud.com",
                "https://evil.com .qlikcloud.com",
                "https://evil.com:443.qlikcloud.com",
                "https://a.qlikcloud.com@evil.com",
                "https://a.qlikcloud.com:443@evil.com",
                "https://user@a.qlikcloud.com",
                "https://user:secret@a.qlikcloud.com",
                "https://@a.qlikcloud.com",
                "https://a.qlikcloud.com\\evil.com",
                "https://a.qlikcloud。com",
                "https://a.qlikclоud.com",
                "https://ａ.qlikcloud.com",
                "https://a.qlikcloud.com\u2024evil.com",
                "https://evil.com\uff0f.qlikcloud.com",
                "https://a_b.qlikcloud.com",
                "https://-.qlikcloud.com",
                "https://*.qlikcloud.com",
                "javascript://a.qlikcloud.com",
                "jar:https://a.qlikcloud.com",
                "ftp://a.qlikcloud.com"
            })
    void readWhenHostIsNotAllowedRefusesIt(String host) {
        assertThat(refused("host", host).pointer()).isEqualTo("#/host");
    }

    @Test
    void readWhenHostIsNotListedNamesTheListToChange() {
        assertThat(refused("host", "https://qlik.example.net").detail())
                .contains("BRIDGE_CONNECTIONS_ALLOWED_HOSTS", ".qlikcloud.com, qlik.example.org, http://127.0.0.1");
    }

    /** Whatever is let through leads to an allowed place, told by a rule that is not the reader's. */
    @Test
    void readWhenHostIsRandomLetsOnlyAllowedPlacesThrough() {
        List<String> parts = List.of(
                "https",
                "http",
                "://",
                ":",
                "/",
                "//",
                "\\",
                "@",
                "#",
                "?",
                ".",
                "..",
                "%2e",
                "%40",
                "\t",
                "\0",
                " ",
                "*",
                "[",
                "]",
                "[::1]",
                "::1",
                "443",
                ":443",
                ":80",
                ":8443",
                "a",
                "tenant",
                "evil.com",
                "qlikcloud.com",
                ".qlikcloud.com",
                "qlik.example.org",
                "127.0.0.1",
                "QLIKCLOUD.COM",
                "。",
                "ｑ",
                "xn--",
                "-",
                "_");
        Random random = new Random(20260301);
        int letThrough = 0;
        for (int round = 0; round < 200_000; round++) {
            StringBuilder host =
                    new StringBuilder(random.nextInt(4) == 0 ? "" : random.nextBoolean() ? "https://" : "http://");
            for (int part = random.nextInt(1, 5); part > 0; part--) {
                host.append(parts.get(random.nextInt(parts.size())));
            }
            try {
                String kept = read(request -> request.put("host", host.toString()))
                        .host()
                        .toString();
                letThrough++;
                assertThat(kept)
                        .as("from %s", host)
                        .matches("https://([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+qlikcloud\\.com"
                                + "|https://qlik\\.example\\.org(:[0-9]+)?"
                                + "|http://(127\\.0\\.0\\.1|\\[::1])(:[0-9]+)?");
            } catch (BridgeException refused) {
                assertThat(refused.violations()).extracting(Violation::pointer).containsExactly("#/host");
            }
        }
        assertThat(letThrough).isGreaterThan(100);
    }

    @ParameterizedTest
    @CsvSource({
        "https://portal.example.org,https://portal.example.org",
        "HTTPS://Portal.example.org:443,https://portal.example.org",
        "http://localhost:3000,http://localhost:3000",
        "https://[::1]:8443,https://[::1]:8443"
    })
    void readWhenOriginIsOneWritesItAsABrowserDoes(String origin, String kept) {
        assertThat(CloudSettings.of(read(request -> request.put("origin", origin)))
                        .origin())
                .isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "*",
                "https://*",
                "https://*.example.org",
                "https://portal.example.org/",
                "portal.example.org",
                "https://portal.example.org/x",
                "https://a@portal.example.org",
                "ws://portal.example.org",
                "https://portal.example.org https://other.example.org",
                " https://portal.example.org",
                "https://portal.example.org\r\nX: y",
                "https://portal.example.org?",
                "https://portal.example.org#"
            })
    void readWhenOriginIsMoreOrLessRefusesIt(String origin) {
        assertThat(refused("origin", origin).pointer()).isEqualTo("#/origin");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
                    type|
                    type|QLIK_CLOUD
                    type|qlik-cloud\s
                    issuer|
                    issuer|\sissuer
                    issuer|issuer\u00a0
                    webIntegrationId|
                    webIntegrationId|a/b
                    webIntegrationId|a\s
                    apiKeyExpiry|
                    apiKeyExpiry|P3651D
                    apiKeyExpiry|P3650DT1S
                    apiKeyExpiry|PT0S
                    apiKeyExpiry|PT0.5S
                    apiKeyExpiry|P1M
                    subjects|
                    subjects|DEFAULT
                    subjectTemplate|
                    subjectTemplate|everybody
                    subjectTemplate|{Username}
                    subjectTemplate|{username}{name}
                    subjectTemplate|{username}{
                    subjectTemplate|{user{username}name}
                    subjectTemplate|{username}\s
                    subjectTemplate|\s{username}
                    sslBundle|
                    sslBundle|unknown
                    sslBundle|private-ca\s
                    """)
    void readWhenOneValueIsWrongNamesIt(String property, String value) {
        assertThat(refused(property, value == null ? "" : value).pointer()).isEqualTo("#/" + property);
    }

    @ParameterizedTest
    @ValueSource(strings = {"issuer", "webIntegrationId", "subjectTemplate", "sslBundle", "origin", "host", "type"})
    void readWhenAValueHoldsAControlCharacterNamesIt(String property) {
        assertThat(refused(property, "{username}\0x").pointer()).isEqualTo("#/" + property);
    }

    @ParameterizedTest
    @ValueSource(strings = {"issuer", "subjectTemplate"})
    void readWhenATextIsAsLongAsItMayBeKeepsIt(String property) {
        String longest = "{username}" + "x".repeat(245);

        assertThat(read(request -> request.put(property, longest)).toString()).contains(longest);
        assertThat(refused(property, longest + "x").detail()).isEqualTo("is 1 to 255 characters");
    }

    @Test
    void readWhenTemplateMakesEverybodyOnePersonSaysSo() {
        assertThat(refused("subjectTemplate", "reporting").detail()).contains("one person");
    }

    private Connection read(UnaryOperator<ObjectNode> change) {
        ObjectNode request = JSON.createObjectNode()
                .put("type", "qlik-cloud")
                .put("host", HOST)
                .put("issuer", "https://bridge.example.org");
        return reader.read(MAIN, request(change.apply(request)), NOW);
    }

    private static Map<String, JsonNode> request(ObjectNode body) {
        return JSON.convertValue(body, new TypeReference<>() {});
    }

    private Violation refused(String property, String value) {
        BridgeException refusal =
                catchThrowableOfType(BridgeException.class, () -> read(request -> request.put(property, value)));
        assertThat(refusal).as("refusal of %s", value).isNotNull();
        assertThat(refusal.violations()).hasSize(1);
        return refusal.violations().getFirst();
    }
}
