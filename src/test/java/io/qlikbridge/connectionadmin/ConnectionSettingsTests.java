package io.qlikbridge.connectionadmin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.qlikbridge.cloudsettings.CloudKind;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.ConnectionKinds;
import io.qlikbridge.connection.TestConnections;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.Violation;
import io.qlikbridge.tenant.FakeKind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Connections of a second kind, which has settings that no other has. */
class ConnectionSettingsTests {

    private static final ConnectionId SITE = new ConnectionId("site");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ConnectionKinds kinds = TestConnections.kinds(new CloudKind(null), new FakeKind());
    private final ConnectionReader reader = new ConnectionReader(
            kinds,
            new ConnectionProperties(List.of(AllowedHost.of("fake.example.org"))),
            new DefaultSslBundleRegistry());
    private final ConnectionView view =
            new ConnectionView(kinds, new StaticListableBeanFactory().getBeanProvider(ConnectionSigningKeys.class));

    @Test
    void readWhenAllIsGivenKeepsIt() {
        Connection site = read("""
                {"type": "fake-site", "host": "https://fake.example.org", "greeting": "hello", "port": 4747, "shouts": true,
                 "subjects": "mapped-only"}""");

        assertThat(site.type()).isEqualTo(FakeKind.TYPE);
        assertThat(site.settings()).isEqualTo(new FakeKind.Settings("hello", 4747, true));
    }

    @Test
    void readWhenTheTypeIsUnknownNamesThoseThereAre() {
        assertThat(violations("{\"type\": \"qlik-view\"}"))
                .contains(new Violation("#/type", "is qlik-cloud or fake-site"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "greeting": 5                                   | #/greeting         | is a text
                    "greeting": {"of": "day"}                       | #/greeting         | is a text
                    "greeting": ["hello"]                           | #/greeting         | is a text
                    "greeting": true                                | #/greeting         | is a text
                    "greeting": null                                | #/greeting         | is required
                    "port": 4242                                    | #/greeting         | is required
                    "greeting": "hello", "port": "4242"             | #/port             | is a whole number
                    "greeting": "hello", "port": 4.5                | #/port             | is a whole number
                    "greeting": "hello", "port": 99999999999        | #/port             | is a whole number
                    "greeting": "hello", "shouts": "true"           | #/shouts           | is true or false
                    "greeting": "hello", "shouts": 1                | #/shouts           | is true or false
                    "greeting": "hello", "volume": 11               | #/volume           | goes with shouts alone
                    """)
    void readWhenASettingIsWrongNamesIt(String settings, String pointer, String detail) {
        assertThat(violations("{\"type\": \"fake-site\", \"host\": \"https://fake.example.org\", " + settings + "}"))
                .containsExactly(new Violation(pointer, detail));
    }

    @Test
    void readWhenASettingIsOfAnotherKindNamesIt() {
        assertThat(violations("""
                        {"type": "fake-site", "host": "https://fake.example.org", "greeting": "hello", "issuer": "https://x",
                         "apiKeyExpiry": null, "a/b~c é": 1}"""))
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder("#/issuer", "#/apiKeyExpiry", "#/a~1b~0c%20%C3%A9");
    }

    @Test
    void shownIsFlatWithWhatTheKindAddsAndWarnsOf() {
        Connection site = read("""
                {"type": "fake-site", "host": "https://fake.example.org", "greeting": "hello", "shouts": true}""");

        assertThat(JSON.valueToTree(view.of(site)).toString())
                .contains("\"greeting\":\"hello\"", "\"port\":4242", "\"shouts\":true", "\"loudness\":\"loud\"")
                .contains("\"warnings\":[\"It shouts.\"]")
                .doesNotContain("\"own\"");
    }

    private Connection read(String body) {
        return reader.read(SITE, JSON.readValue(body, new TypeReference<>() {}), Instant.EPOCH);
    }

    private List<Violation> violations(String body) {
        return catchThrowableOfType(BridgeException.class, () -> read(body)).violations();
    }
}
