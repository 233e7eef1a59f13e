package io.qlikbridge.consolesignin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class OverTlsTests {

    @ParameterizedTest
    @CsvSource({
        "http,  127.0.0.1,            true",
        "http,  127.8.9.1,            true",
        "http,  localhost,            true",
        "http,  bridge.localhost,     true",
        "http,  [::1],                true",
        "http,  10.0.0.7,             false",
        "http,  bridge.example.org,   false",
        "http,  localhost.evil.org,   false",
        "http,  127.0.0.1.evil.org,   false",
        "https, bridge.example.org,   true"
    })
    void secretsAreTypedIntoPagesOverTlsOrOfThisMachineAlone(String scheme, String host, boolean fit) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setScheme(scheme);
        request.setSecure(scheme.equals("https"));
        request.setServerName(host);

        assertThat(OverTls.isFit(request)).isEqualTo(fit);
    }
}
