package io.qlikbridge.tenantline;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.ConnectionType;
import io.qlikbridge.connection.SubjectPolicy;
import io.qlikbridge.eventloop.AnswerBuffer;
import io.qlikbridge.eventloop.Transport;
import io.qlikbridge.http1.AnswerHead;
import io.qlikbridge.proxy.ForwardProxies;
import io.qlikbridge.proxy.TestKeyStore;
import io.qlikbridge.transport.HttpClientPool;
import io.qlikbridge.transport.NameLookup;
import io.qlikbridge.transport.TenantProperties;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.jks.JksSslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreDetails;

/** Whom an event loop connects to: no others than everybody else does. */
class TenantLinesTests {

    private static final String BUNDLE = "internal";
    private static final TenantProperties PROPERTIES =
            new TenantProperties(Duration.ofSeconds(30), Duration.ofSeconds(60), 8, Duration.ZERO, Duration.ZERO);

    private final DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry();
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("front-lines", true), Transport.best().loops());
    private final EventLoop loop = (EventLoop) group.next();
    private final TenantLines lines = new TenantConnections(
                    new HttpClientPool(PROPERTIES, bundles, new NameLookup(PROPERTIES), ForwardProxies.none()),
                    ForwardProxies.none(),
                    new TenantNames(new NameLookup(PROPERTIES)),
                    PROPERTIES)
            .of(loop, Transport.best());

    @TempDir
    Path files;

    @AfterEach
    void stop() {
        loop.submit(lines::close).syncUninterruptibly();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS);
    }

    @Test
    void tenantOfATrustedAuthorityIsAskedOverOneConnection() throws Exception {
        WireMockServer server = serving("localhost", "dns:localhost");
        try {
            assertThat(asked(server, BUNDLE)).isEqualTo("200 {\"a\":1}");
            assertThat(asked(server, BUNDLE)).isEqualTo("200 {\"a\":1}");
            assertThat(server.getAllServeEvents()).hasSize(2);
        } finally {
            server.stop();
        }
    }

    @Test
    void tenantOfAnotherAuthorityIsNotAsked() throws Exception {
        WireMockServer server = serving("localhost", "dns:localhost");
        try {
            assertThat(asked(server, null)).startsWith("failed");
            assertThat(server.getAllServeEvents()).isEmpty();
        } finally {
            server.stop();
        }
    }

    @Test
    void tenantOfAnotherNameIsNotAsked() throws Exception {
        WireMockServer server = serving("elsewhere", "dns:qlik.example.org");
        try {
            assertThat(asked(server, BUNDLE)).startsWith("failed");
            assertThat(server.getAllServeEvents()).isEmpty();
        } finally {
            server.stop();
        }
    }

    @Test
    void answerThatIsCutOffIsNoAnswer() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> answer(server, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"a\""));

            assertThat(asked(URI.create("http://127.0.0.1:" + server.getLocalPort()), null))
                    .startsWith("failed");
        }
    }

    private WireMockServer serving(String name, String names) throws Exception {
        Path store = TestKeyStore.make(files, name, names);
        bundles.registerBundle(
                BUNDLE,
                SslBundle.of(new JksSslStoreBundle(
                        null, JksSslStoreDetails.forLocation("file:" + store).withPassword(TestKeyStore.PASSWORD))));
        WireMockServer server = TestKeyStore.serving(store);
        server.stubFor(any(anyUrl()).willReturn(okJson("{\"a\":1}")));
        return server;
    }

    private String asked(WireMockServer server, String bundle) throws Exception {
        return asked(URI.create("https://localhost:" + server.httpsPort()), bundle);
    }

    private String asked(URI host, String bundle) throws ExecutionException, InterruptedException {
        Connection connection = new Connection(
                new ConnectionId("main"),
                new ConnectionType("fake"),
                host,
                SubjectPolicy.MAPPED_ONLY,
                "{username}",
                bundle,
                Set::of,
                Instant.EPOCH,
                Instant.EPOCH);
        // name and trust are found out by others meanwhile
        return await().atMost(Duration.ofSeconds(60)).until(() -> ask(connection), answer -> !answer.isEmpty());
    }

    /** Nothing while there is no line. */
    private String ask(Connection connection) throws ExecutionException, InterruptedException {
        CompletableFuture<String> answer = new CompletableFuture<>();
        loop.execute(() -> {
            TenantLine line = lines.take(connection);
            if (line == null) {
                answer.complete("");
                return;
            }
            AnswerBuffer message = new AnswerBuffer(200);
            message.add("GET / HTTP/1.1\r\nHost: " + line.host() + "\r\n\r\n");
            line.send(message, new Told(answer));
        });
        return answer.get();
    }

    private static void answer(ServerSocket server, String text) {
        try (Socket socket = server.accept()) {
            assertThat(socket.getInputStream().read()).isPositive();
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static final class Told implements Asking {

        private final CompletableFuture<String> answer;
        private final StringBuilder body = new StringBuilder();

        private Told(CompletableFuture<String> answer) {
            this.answer = answer;
        }

        @Override
        public void answered(AnswerHead head) {
            body.append(head.status()).append(' ');
        }

        @Override
        public void body(byte[] bytes, int from, int to) {
            body.append(new String(bytes, from, to - from, ISO_8859_1));
        }

        @Override
        public void paused() {
            // all of it is wanted
        }

        @Override
        public void ended() {
            answer.complete(body.toString());
        }

        @Override
        public void failed(IOException failure, boolean stale) {
            answer.complete("failed " + failure.getMessage());
        }
    }
}
