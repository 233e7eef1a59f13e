package io.qlikbridge.eventloop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Door;
import io.qlikbridge.Product;
import io.qlikbridge.Product.Answer;
import io.qlikbridge.TestDatabase;
import io.qlikbridge.TestTls;
import io.qlikbridge.ThroughBothDoors;
import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.SimulatedTenant;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;

/** TLS with callers, by {@code server.ssl}. */
@ThroughBothDoors
class CallerTlsTests {

    private static final TestTls SERVER = TestTls.of("bridge.example.org");
    private static final TestTls CALLER = TestTls.of("caller.example.org");

    private final Product bridge;

    CallerTlsTests(Door door) {
        Map<String, Object> settings = new HashMap<>(door.settings());
        settings.put("server.ssl.certificate", SERVER.certificatePem());
        settings.put("server.ssl.certificate-private-key", SERVER.keyPem());
        settings.put("server.ssl.trust-certificate", CALLER.certificatePem());
        settings.put("server.ssl.client-auth", "want");
        settings.put("server.ssl.enabled-protocols", "TLSv1.3");
        bridge = Product.start(
                TestDatabase.fresh(),
                settings,
                context -> ((GenericApplicationContext) context)
                        .registerBean("seen", FilterRegistrationBean.class, CallerTlsTests::seen));
    }

    private static FilterRegistrationBean<Filter> seen() {
        FilterRegistrationBean<Filter> first = new FilterRegistrationBean<>((request, response, chain) -> {
            show((HttpServletRequest) request, (HttpServletResponse) response);
            chain.doFilter(request, response);
        });
        first.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return first;
    }

    private static void show(HttpServletRequest request, HttpServletResponse response) {
        Object chain = request.getAttribute("jakarta.servlet.request.X509Certificate");
        String shown = chain instanceof X509Certificate[] certificates
                ? certificates[0].getSubjectX500Principal().getName()
                : "nothing";
        response.setHeader(
                "X-Seen",
                String.join(
                        " ",
                        request.getScheme(),
                        String.valueOf(request.isSecure()),
                        request.getRemoteAddr(),
                        String.valueOf(request.getRemotePort() > 0),
                        String.valueOf(request.getLocalPort()),
                        String.valueOf(request.getAttribute("jakarta.servlet.request.cipher_suite")),
                        String.valueOf(request.getAttribute("jakarta.servlet.request.key_size")),
                        shown));
    }

    @AfterEach
    void stop() {
        bridge.close();
    }

    @Test
    void callersComeByTlsAndMayShowACertificate() throws Exception {
        int port = URI.create(bridge.url()).getPort();

        assertThat(seen(TestTls.trustingAnybody()))
                .contains("X-Seen: https true 127.0.0.1 true " + port + " TLS_AES_256_GCM_SHA384 256 nothing")
                .contains("Strict-Transport-Security: max-age=31536000; includeSubDomains");
        assertThat(seen(CALLER.shown())).contains("CN=caller.example.org");

        try (SimulatedTenant tenant = SimulatedTenant.start()) {
            tenant.apps("tls|ada", App.of("Plan"));
            String main = bridge.connectTo(tenant);
            String ada = bridge.user(main, "tls|ada");
            Answer first =
                    bridge.passed(main, ada, "/api/v1/items?resourceType=app").expect(200);
            Answer second =
                    bridge.passed(main, ada, "/api/v1/items?resourceType=app").expect(200);

            assertThat(second.text())
                    .isEqualTo(first.text())
                    .contains("\"href\":\"" + bridge.url() + "/qlik/" + main + "/api/v1/items");
            assertThat(second.header("Strict-Transport-Security")).isNotEmpty();
            assertThat(bridge.apps(main, ada).expect(200).text()).contains("Plan");
        }
    }

    private String seen(SSLContext tls) throws IOException {
        URI address = URI.create(bridge.url());
        try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(address.getHost(), address.getPort())) {
            socket.getOutputStream()
                    .write(("GET /oauth2/jwks HTTP/1.1\r\nHost: 127.0.0.1:" + address.getPort()
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}
