package io.qlikbridge.forwarded;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.OneAtATime;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.catalina.valves.ValveBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** The valves as they stand in front of the bridge, with a peer of any address. */
@OneAtATime
class CallerAddressValveTests {

    private static final String PROXY = "10.0.0.1";
    private static final String STRANGER = "198.51.100.23";
    private static final int OWN_PORT = 8080;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Proto: https;X-Forwarded-Host: evil.example;X-Forwarded-Prefix: /evil;X-Forwarded-For: 203.0.113.7",
                "X-Forwarded-Port: 8443",
                "X-Forwarded-Prefix: /evil",
                "Forwarded: for=203.0.113.7, proto=https, host=evil.example",
                "Forwarded: for=203.0.113.7"
            })
    void headersOfAPeerThatIsNoProxySayNothing(String headers) {
        assertThat(seen(STRANGER, headers)).isEqualTo("http://bridge:8080 198.51.100.23");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Forwarded-For: 203.0.113.7|http://bridge:8080 203.0.113.7",
                "X-Forwarded-Proto: https|https://bridge:443 10.0.0.1",
                "X-Forwarded-Proto: https, http;X-Forwarded-For: 203.0.113.7, 10.0.0.2|https://bridge:443 203.0.113.7",
                "X-Forwarded-Proto: HTTP|http://bridge:80 10.0.0.1",
                "X-Forwarded-Host: bridge.example.org|http://bridge.example.org:80 10.0.0.1",
                "X-Forwarded-Host: bridge.example.org:8443, inner:8080;X-Forwarded-Proto: https|https://bridge.example.org:8443 10.0.0.1",
                "X-Forwarded-Host: bridge.example.org:8443;X-Forwarded-Port: 443;X-Forwarded-Proto: https|https://bridge.example.org:8443 10.0.0.1",
                "X-Forwarded-Host: bridge.example.org;X-Forwarded-Port: 8443, 80;X-Forwarded-Proto: https|https://bridge.example.org:8443 10.0.0.1",
                "Forwarded: for=203.0.113.7|http://bridge:8080 203.0.113.7",
                "Forwarded: for=\"[2001:db8::7]:4711\"|http://bridge:8080 2001:db8::7",
                "Forwarded: For=203.0.113.7:4711;Proto=https;Host=bridge.example.org, for=10.0.0.2|https://bridge.example.org:443 203.0.113.7",
                "Forwarded: for=203.0.113.99, for=203.0.113.7|http://bridge:8080 203.0.113.7",
                "Forwarded: for=_hidden|http://bridge:8080 _hidden",
                "Forwarded: proto=https|https://bridge:443 10.0.0.1",
                "Forwarded: by=10.0.0.1 ; host=\"[2001:db8::1]:8443\"|http://[2001:db8::1]:8443 10.0.0.1",
                "X-Forwarded-Prefix: /a/, /b|http://bridge:8080 10.0.0.1 /a/b",
                "X-Forwarded-Prefix: /|http://bridge:8080 10.0.0.1"
            })
    void proxyIsBelievedWhatItSaysOfTheCaller(String headers, String seen) {
        assertThat(seen(PROXY, headers)).isEqualTo(seen);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Proto: javascript",
                "X-Forwarded-Proto: ",
                "X-Forwarded-Host: evil.example/x",
                "X-Forwarded-Host: me@evil.example",
                "X-Forwarded-Host: evil.example:0",
                "X-Forwarded-Host: evil.example:65536",
                "X-Forwarded-Host: evil\r\nSet-Cookie",
                "X-Forwarded-Host: \"evil\"",
                "X-Forwarded-Port: 0",
                "X-Forwarded-Port: 99999",
                "X-Forwarded-Port: -1",
                "X-Forwarded-Prefix: //evil.example",
                "X-Forwarded-Prefix: /a//evil.example",
                "X-Forwarded-Prefix: https://evil.example",
                "X-Forwarded-Prefix: evil",
                "X-Forwarded-Prefix: /\\evil.example",
                "X-Forwarded-Prefix: \\evil.example",
                "X-Forwarded-Prefix: /..",
                "X-Forwarded-Prefix: /a/../evil",
                "X-Forwarded-Prefix: /./evil",
                "X-Forwarded-Prefix: /%2e%2e/evil",
                "X-Forwarded-Prefix: /evil\r\nSet-Cookie",
                "X-Forwarded-Prefix: /evil\"",
                "X-Forwarded-Prefix: /evil<b>",
                "X-Forwarded-Prefix: /a;evil",
                "X-Forwarded-Prefix: /good, //evil.example",
                "Forwarded: proto=javascript",
                "Forwarded: host=\"evil.example/x\"",
                "Forwarded: host=\"evil.example",
                "Forwarded: host=evil.example proto=https",
                "Forwarded: host=good;host=evil.example",
                "Forwarded: host=evil.example;",
                "Forwarded: host=\"evil\\\"\"",
                "Forwarded: evil"
            })
    void valueThatIsMalformedSaysNothing(String header) {
        assertThat(seen(PROXY, header)).isEqualTo("http://bridge:8080 10.0.0.1");
    }

    @Test
    void forwardedOfACallerBehindAProxyThatWritesTheOthersSaysNothing() {
        assertThat(seen(
                        PROXY,
                        "X-Forwarded-For: 203.0.113.7",
                        "X-Forwarded-Proto: https",
                        "Forwarded: for=192.0.2.1;host=evil.example;proto=http"))
                .isEqualTo("https://bridge:443 203.0.113.7");
    }

    @Test
    void portThatACallerWroteIsKeptWhereTheProxyPassesHostOn() {
        Request request = request(PROXY, List.of("X-Forwarded-Proto: https"));
        request.setServerPort(8443);

        assertThat(seen(request)).isEqualTo("https://bridge:8443 10.0.0.1");
    }

    @Test
    void nothingIsReadWhereTomcatsValveIsNotThere() {
        Valve other = new Seen();

        assertThat(CallerAddresses.around(List.of(other), new KnownOrigins())).containsExactly(other);
    }

    @Test
    void pathsAreShownAsTheCallerWroteThem() throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/context/api/v1/me");
        request.setContextPath("/context");
        request.setAttribute(CallerAddressValve.PREFIX, "/outer");
        MockFilterChain chain = new MockFilterChain();

        new CallerPathFilter().doFilter(request, new MockHttpServletResponse(), chain);

        HttpServletRequest shown = (HttpServletRequest) chain.getRequest();
        assertThat(shown.getContextPath()).isEqualTo("/outer/context");
        assertThat(shown.getRequestURI()).isEqualTo("/outer/context/api/v1/me");
        assertThat(shown.getRequestURL()).hasToString("http://localhost/outer/context/api/v1/me");
        assertThat(CallerPathFilter.prefix(shown)).isEmpty();
    }

    @Test
    void prefixThatIsTheContextPathWasNotTakenOff() throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/bridge/api/v1/me");
        request.setContextPath("/bridge");
        request.setAttribute(CallerAddressValve.PREFIX, "/bridge");
        MockFilterChain chain = new MockFilterChain();

        new CallerPathFilter().doFilter(request, new MockHttpServletResponse(), chain);

        assertThat(chain.getRequest()).isSameAs(request);
    }

    /** What the bridge takes the caller's address to be: of itself, of the caller, and the prefix. */
    private static String seen(String peer, String headers) {
        // Forwarded itself has semicolons
        return seen(peer, headers.startsWith("Forwarded:") ? new String[] {headers} : headers.split(";(?=X-)"));
    }

    private static String seen(String peer, String... headers) {
        return seen(request(peer, List.of(headers)));
    }

    private static String seen(Request request) {
        RemoteIpValve trust = new RemoteIpValve();
        trust.setProtocolHeader("X-Forwarded-Proto");
        trust.setHostHeader("X-Forwarded-Host");
        trust.setPortHeader("X-Forwarded-Port");
        Seen last = new Seen();
        List<Valve> valves = CallerAddresses.around(List.of(trust), new KnownOrigins());
        for (int number = 0; number < valves.size(); number++) {
            valves.get(number).setNext(number + 1 < valves.size() ? valves.get(number + 1) : last);
        }
        try {
            valves.getFirst().invoke(request, null);
        } catch (IOException | ServletException impossible) {
            throw new IllegalStateException(impossible);
        }
        return last.address;
    }

    private static Request request(String peer, List<String> headers) {
        org.apache.coyote.Request raw = new org.apache.coyote.Request();
        raw.scheme().setString("http");
        raw.serverName().setString("bridge");
        raw.setServerPort(OWN_PORT);
        raw.setLocalPort(OWN_PORT);
        for (String header : headers) {
            int colon = header.indexOf(':');
            raw.getMimeHeaders()
                    .addValue(header.substring(0, colon))
                    .setString(header.substring(colon + 1).strip());
        }
        Request request = new Request(new Connector(), raw);
        request.setRemoteAddr(peer);
        request.setRemoteHost(peer);
        return request;
    }

    private static final class Seen extends ValveBase {

        private String address;

        @Override
        public void invoke(Request request, Response response) {
            Object prefix = request.getAttribute(CallerAddressValve.PREFIX);
            assertThat(request.isSecure()).isEqualTo(request.getScheme().equals("https"));
            address = request.getScheme() + "://" + request.getServerName() + ":" + request.getServerPort() + " "
                    + request.getRemoteAddr() + (prefix == null ? "" : " " + prefix);
        }
    }
}
