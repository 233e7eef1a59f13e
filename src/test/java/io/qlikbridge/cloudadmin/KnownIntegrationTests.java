package io.qlikbridge.cloudadmin;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.connection.ServerAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownIntegrationTests {

    private static final ServerAddress ORIGIN = ServerAddress.of("https://portal.example.org");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://portal.example.org",
                "https://portal.example.org/",
                "https://PORTAL.example.org",
                "HTTPS://portal.example.org:443/",
                " https://portal.example.org "
            })
    void originIsTheSameHoweverItIsSpelt(String spelt) {
        assertThat(new KnownIntegration("wi", List.of("", "https://other.example.org", spelt)).holds(ORIGIN))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://portal.example.org",
                "https://portal.example.org:8443",
                "https://portal.example.org/path",
                "https://a.portal.example.org",
                "portal.example.org",
                "*"
            })
    void originWhenSomethingElseIsNotHeld(String other) {
        assertThat(new KnownIntegration("wi", List.of(other)).holds(ORIGIN)).isFalse();
    }
}
