package io.qlikbridge.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated("sets system properties")
class ForwardProxiesTests {

    private static final URI TENANT = URI.create("https://tenant.eu.qlikcloud.com");

    @ParameterizedTest
    @CsvSource({
        "HTTPS_PROXY, https://t.example.org, true",
        "https_proxy, https://t.example.org, true",
        "HTTPS_PROXY, http://t.example.org, false",
        "HTTP_PROXY, http://t.example.org, true",
        "http_proxy, https://t.example.org, false",
        "all_proxy, https://t.example.org, true",
    })
    void ofWhenTheEnvironmentNamesAProxyTakesThatOfTheScheme(String name, String address, boolean proxied) {
        ForwardProxies proxies = of("", Map.of(name, "http://proxy.example.org:3128"));

        assertThat(proxies.of(URI.create(address)).map(ForwardProxy::address).orElse("none"))
                .isEqualTo(proxied ? "http://proxy.example.org:3128" : "none");
    }

    @Test
    void ofWhenTheJdkHasAProxyTakesItLast() {
        System.setProperty("https.proxyHost", "jdk.example.org");
        System.setProperty("https.proxyPort", "8080");
        System.setProperty("http.nonProxyHosts", "*.inner.example.org");
        try {
            assertThat(of("", Map.of()).of(TENANT))
                    .hasToString("Optional[http://jdk.example.org:8080 (https.proxyHost)]");
            assertThat(of("", Map.of()).of(URI.create("https://a.inner.example.org")))
                    .isEmpty();
            assertThat(of("", Map.of("HTTPS_PROXY", "env:1")).of(TENANT))
                    .hasToString("Optional[http://env:1 (HTTPS_PROXY)]");
            assertThat(of("http://ours:2", Map.of("HTTPS_PROXY", "env:1")).of(TENANT))
                    .hasToString("Optional[http://ours:2 (bridge.proxy.url)]");
            assertThat(of("none", Map.of("HTTPS_PROXY", "env:1")).of(TENANT)).isEmpty();
        } finally {
            System.clearProperty("https.proxyHost");
            System.clearProperty("https.proxyPort");
            System.clearProperty("http.nonProxyHosts");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "*, a.example.org, 443, true",
        "example.org, a.example.org, 443, true",
        "example.org, example.org, 443, true",
        ".example.org, a.example.org, 443, true",
        "*.example.org, a.example.org, 443, true",
        "EXAMPLE.org, a.Example.ORG, 443, true",
        "example.org, notexample.org, 443, false",
        "example.org:8443, a.example.org, 8443, true",
        "example.org:8443, a.example.org, 443, false",
        "'one.org, example.org', a.example.org, 443, true",
        "10.0.0.0/8, 10.1.2.3, 443, true",
        "10.0.0.0/8, 11.1.2.3, 443, false",
        "10.0.0.0/8, 10.example.org, 443, false",
        "127.0.0.1, 127.0.0.1, 80, true",
        "0.1, 127.0.0.1, 80, false",
        "fd00::/8, [fd12::1], 443, true",
        "[::1]:8443, ::1, 8443, true",
        "'', a.example.org, 443, false",
        "nonsense/x, 10.1.2.3, 443, false",
    })
    void directHostsAreThoseOfNoProxy(String rules, String host, int port, boolean direct) {
        assertThat(new DirectHosts(rules).hold(host, port)).isEqualTo(direct);
    }

    @Test
    void addressNeverShowsThePassword() {
        ForwardProxy proxy = of("", Map.of("HTTPS_PROXY", "http://user:s%40cret@proxy:3128"))
                .of(TENANT)
                .orElseThrow();

        assertThat(proxy.password()).isEqualTo("s@cret");
        assertThat(proxy.toString() + proxy.address()).doesNotContain("user", "cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"socks5://user:hidden@proxy:1080", "https://u:hidden@proxy", "http://u:hid den@proxy", "http://"
            })
    void startWhenTheProxyIsNoneIsRefusedWithoutShowingIt(String url) {
        assertThatExceptionOfType(ProxyCannotStart.class)
                .isThrownBy(() -> of("", Map.of("HTTPS_PROXY", url)))
                .withMessageContaining("HTTPS_PROXY")
                .satisfies(refused ->
                        assertThat(refused.getMessage() + refused.action()).doesNotContain("hid"));
    }

    private static ForwardProxies of(String url, Map<String, String> environment) {
        return new ForwardProxies(new ProxyProperties(url, null, null, ""), environment);
    }
}
