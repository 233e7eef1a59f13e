package io.qlikbridge.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.sun.net.httpserver.HttpServer;
import io.qlikbridge.proxy.ConnectProxy;
import io.qlikbridge.proxy.TestKeyStore;
import io.qlikbridge.proxy.TestProxies;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void readOfTlsAsksTheProxyForItByConnectAndShowsItsPasswordToNobodyElse() throws Exception {
        URI address = URI.create("https://idp.invalid/keys");
        try (ServerSocket plain = withoutTls();
                ConnectProxy proxy = ConnectProxy.to(plain.getLocalPort())) {
            String login = Base64.getEncoder().encodeToString(("bridge:" + SECRET).getBytes(StandardCharsets.UTF_8));
            proxy.want(login);

            assertThatExceptionOfType(UnreadableKeys.class)
                    .isThrownBy(() -> new IssuerDocuments(TestProxies.at(proxy.url(), "bridge", SECRET)).read(address))
                    .withMessageContaining("by the proxy " + proxy.url())
                    .withMessageContaining("by TLS");

            assertThat(proxy.asked()).hasSize(2).containsOnly("CONNECT idp.invalid:443 HTTP/1.1");
            assertThat(proxy.heads().getFirst()).doesNotContain(login);

            proxy.answer("403 Forbidden");
            assertThatExceptionOfType(UnreadableKeys.class)
                    .isThrownBy(() -> new IssuerDocuments(TestProxies.at(proxy.url(), "bridge", SECRET)).read(address))
                    .withMessageContaining("403")
                    .withMessageContaining("by the proxy " + proxy.url());
        }
    }

    @Test
    void readWhenACertificateIsNotTrustedNamesWhoSignedIt(@TempDir Path files) throws Exception {
        Path store = TestKeyStore.make(files, "opener", "dns:idp.invalid");
        WireMockServer opener = TestKeyStore.serving(store);
        try (ConnectProxy proxy = ConnectProxy.to(opener.httpsPort())) {
            assertThatExceptionOfType(UnreadableKeys.class)
                    .isThrownBy(() -> new IssuerDocuments(TestProxies.at(proxy.url(), "bridge", SECRET))
                            .read(URI.create("https://idp.invalid/keys")))
                    .withMessageContaining("by the proxy " + proxy.url())
                    .withMessageContaining("\"CN=opener\"")
                    .withMessageContaining("trustStore");
        } finally {
            opener.stop();
        }
    }

    /** Answers whoever connects, whatever he says. */
    private static ServerSocket withoutTls() throws IOException {
        ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (Socket caller = server.accept()) {
                    caller.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    caller.getInputStream().read();
                } catch (IOException over) {
                    // the next one, or none
                }
            }
        });
        return server;
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
