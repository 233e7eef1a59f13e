package io.qlikbridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.qlikbridge.BridgeJar;
import io.qlikbridge.BridgeProcess;
import io.qlikbridge.Product;
import io.qlikbridge.TestDatabase;
import io.qlikbridge.TestHttp;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The packaged application with a small heap, and callers by the thousand who send or read slowly. It ends at the first want of
 * memory, as the image does.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Isolated("measures how soon probes are answered")
class SlowCallersIT {

    private static final List<String> HEAPS = List.of("-Xmx96m", "-Xmx384m");

    private static final Duration ATTACK = Duration.ofSeconds(10);
    private static final Duration A_SECOND = Duration.ofSeconds(1);
    private static final int SOCKETS = 3_000;
    private static final String HOST = "Host: localhost\r\n";
    private static final String FORM = HOST + "Content-Type: application/x-www-form-urlencoded\r\n";
    private static final String JSON = HOST + "Content-Type: application/json\r\n";

    /** What each kind begins with; the rest comes byte by byte, if at all. */
    private static final List<String> KINDS = List.of(
            "",
            "GET /api/v1/me HTTP/1.1\r\n" + HOST + "X-Long: " + "a".repeat(6_000),
            "POST /oauth2/token HTTP/1.1\r\n" + FORM + "Content-Length: 1048576\r\n\r\ng",
            "POST /oauth2/token HTTP/1.1\r\n" + FORM + "Content-Length: 8000\r\n\r\n" + "g".repeat(7_000),
            "POST /oauth2/token HTTP/1.1\r\n" + FORM + "Transfer-Encoding: chunked\r\n\r\nfff\r\ng",
            "POST /oauth2/token HTTP/1.1\r\n" + JSON + "Content-Length: 8000\r\n\r\n{",
            "POST /oauth2/token HTTP/1.1\r\n" + HOST
                    + "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 8000\r\n\r\n--x\r\n",
            "POST /api/v1/connections/main/token HTTP/1.1\r\n" + JSON
                    + "Authorization: Bearer a.b.c\r\nContent-Length: 900\r\n\r\n{",
            "POST /api/v1/users/import HTTP/1.1\r\n" + HOST
                    + "Content-Type: text/csv\r\nContent-Length: 60000000\r\n\r\nusername",
            "POST /api/v1/connections/main/signing-keys HTTP/1.1\r\n" + HOST
                    + "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 80000\r\n\r\n--x\r\n",
            "POST /nothing HTTP/1.1\r\n" + HOST + "Content-Length: 8000\r\n\r\na",
            "GET /oauth2/jwks HTTP/1.1\r\n" + HOST + "Content-Length: 8000\r\nExpect: 100-continue\r\n\r\n",
            ("GET /.well-known/oauth-authorization-server HTTP/1.1\r\n" + HOST + "\r\n").repeat(20),
            "GET /v3/api-docs HTTP/1.1\r\n" + HOST + "\r\n",
            "GET /swagger-ui/swagger-ui-bundle.js HTTP/1.1\r\n" + HOST + "\r\n");

    private final Map<String, Object> database = TestDatabase.fresh();

    /** By their heaps; all start at once. */
    private final Map<String, BridgeProcess> bridges = new HashMap<>();

    @BeforeAll
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void unpack(@TempDir Path folder) throws Exception {
        BridgeJar jar = BridgeJar.unpack(folder, database, Map.of());
        for (String heap : HEAPS) {
            bridges.put(heap, jar.start(heap, "-XX:+ExitOnOutOfMemoryError"));
        }
    }

    @AfterAll
    void stop() {
        bridges.values().forEach(BridgeProcess::close);
    }

    @ParameterizedTest
    @FieldSource("HEAPS")
    void bridgeWhenThousandsAreSlowGoesOn(String heap) throws Exception {
        try (BridgeProcess bridge = bridges.get(heap)) {
            int port = bridge.awaitPort();
            TestHttp http = new TestHttp(port);
            String before = http.token("admin", Product.ADMIN_SECRET);
            assertThat(http.get("/api/v1/me", before).status()).isEqualTo(200);
            try (Attack attack = new Attack(port)) {
                attack.start();
                long end = System.nanoTime() + ATTACK.toNanos();
                while (System.nanoTime() < end) {
                    if (liveness(http).compareTo(A_SECOND) > 0) {
                        // the machine may have stood still once; an orchestrator forgives a single probe, too
                        assertThat(liveness(http)).isLessThan(A_SECOND);
                    }
                    assertThat(bridge.isAlive()).isTrue();
                    Thread.sleep(100);
                }
                assertThat(http.get("/api/v1/users", before).status()).isEqualTo(200);
                assertThat(attack.opened()).isGreaterThan(SOCKETS);
            }
            // what was sent before is served first, and who comes meanwhile may be told to ask again
            String after = await().atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .until(() -> http.token("admin", Product.ADMIN_SECRET), token -> !token.isEmpty());
            assertThat(http.get("/api/v1/users", after).status()).isEqualTo(200);
        }
    }

    /** How long it took to answer. */
    private static Duration liveness(TestHttp http) throws IOException {
        long start = System.nanoTime();
        assertThat(http.raw("GET /actuator/health/liveness HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(took).isLessThan(Duration.ofSeconds(5));
        return took;
    }

    /** Holds as many connections as it may, and opens another for each that is closed. */
    private static final class Attack implements AutoCloseable {

        private final List<SocketChannel> sockets = new ArrayList<>();
        private final InetSocketAddress bridge;
        private final Thread thread = new Thread(this::go, "attack");
        private volatile boolean over;
        private volatile int opened;

        private Attack(int port) {
            bridge = new InetSocketAddress("127.0.0.1", port);
        }

        void start() {
            thread.start();
        }

        int opened() {
            return opened;
        }

        private void go() {
            while (!over) {
                for (int number = 0; number < 100 && sockets.size() < SOCKETS; number++) {
                    open();
                }
                sockets.removeIf(socket -> !goesOn(socket));
                try {
                    Thread.sleep(10);
                } catch (InterruptedException stopped) {
                    return;
                }
            }
        }

        private void open() {
            try {
                SocketChannel socket = SocketChannel.open();
                // closed with the others if it does not get anywhere
                sockets.add(socket);
                socket.setOption(StandardSocketOptions.SO_RCVBUF, 2048);
                socket.connect(bridge);
                socket.configureBlocking(false);
                write(socket, KINDS.get(opened++ % KINDS.size()));
            } catch (IOException refused) {
                // the next one may come in
            }
        }

        /** Another byte, as long as there is somebody to take it; closes the connection otherwise. */
        private static boolean goesOn(SocketChannel socket) {
            try {
                write(socket, "a");
                return true;
            } catch (IOException | NotYetConnectedException over) {
                closeQuietly(socket);
                return false;
            }
        }

        private static void closeQuietly(SocketChannel socket) {
            try {
                socket.close();
            } catch (IOException gone) {
                // as wanted
            }
        }

        private static void write(SocketChannel socket, String text) throws IOException {
            socket.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        }

        @Override
        public void close() throws Exception {
            over = true;
            thread.join();
            for (SocketChannel socket : sockets) {
                socket.close();
            }
        }
    }
}
