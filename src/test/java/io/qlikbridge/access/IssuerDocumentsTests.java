package io.qlikbridge.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.qlikbridge.proxy.TestProxies;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Issuers that are reached through a forward proxy. */
class IssuerDocumentsTests {

    /** Resolved by the proxy, if by anybody. */
    private static final URI KEYS = URI.create("http://idp.invalid/keys");

    private static final String SECRET = "the-secret-of-the-proxy";

    @Test
    void readGoesThroughTheProxyAndShowsItsPasswordWhenAsked() throws Exception {
        String login =
                "Basic " + Base64.getEncoder().encodeToString(("bridge:" + SECRET).getBytes(StandardCharsets.UTF_8));
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            boolean known = login.equals(exchange.getRequestHeaders().getFirst("Proxy-Authorization"));
            if (!known) {
                exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"proxy\"");
            }
            byte[] body = (known ? "{\"keys\": []}" : "no").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 407, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        proxy.start();
        try {
            String url = "http://127.0.0.1:" + proxy.getAddress().getPort();

            assertThat(new IssuerDocuments(TestProxies.at(url, "bridge", SECRET)).read(KEYS))
                    .isEqualTo("{\"keys\": []}");
            assertThat(asked).isNotEmpty().allMatch(KEYS.toString()::equals);
            assertThatExceptionOfType(UnreadableKeys.class)
                    .isThrownBy(() -> new IssuerDocuments(TestProxies.at(url, "bridge", "another")).read(KEYS))
                    .withMessageContaining("a user and a password")
                    .withMessageContaining("by the proxy " + url);
        } finally {
            proxy.stop(0);
        }
    }

    @Test
    void readWhenTheProxyIsDeadNamesItWithoutItsPassword() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        String url = "http://127.0.0.1:" + port;

        for (URI address : List.of(KEYS, URI.create("https://idp.invalid/keys"))) {
            assertThatExceptionOfType(UnreadableKeys.class)
                    .isThrownBy(() -> new IssuerDocuments(TestProxies.at(url, "bridge", SECRET)).read(address))
                    .withMessageContaining("is called by the proxy " + url)
                    .withMessageContaining("does not take connections")
                    .withMessageNotContaining(SECRET);
        }
    }
}
