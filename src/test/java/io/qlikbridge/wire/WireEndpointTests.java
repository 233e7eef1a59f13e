package io.qlikbridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.qlikbridge.OneAtATime;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tomcat with nothing but our endpoint, and with times that are short. */
@OneAtATime
class WireEndpointTests {

    private static final int MOST = 20;
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final String HOST = "Host: localhost\r\n";
    private static final String GET = "GET / HTTP/1.1\r\n" + HOST + "\r\n";

    private final Tomcat tomcat = new Tomcat();
    private final List<Socket> sockets = new ArrayList<>();
    private final Served served = new Served();

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws LifecycleException {
        WireProtocol protocol = new WireProtocol();
        Connector connector = new Connector(protocol);
        connector.setPort(0);
        connector.setProperty("socket.txBufSize", "4096");
        connector.setProperty("maxKeepAliveRequests", "-1");
        protocol.limit(new WireLimits(MOST, MOST, SHORT, SHORT), null, "/live");
        tomcat.setBaseDir(folder.toString());
        tomcat.setConnector(connector);
        tomcat.getEngine().getPipeline().addValve(new WireValve(SHORT));
        Context context = tomcat.addContext("", new File(folder.toString()).getAbsolutePath());
        Tomcat.addServlet(context, "all", served);
        context.addServletMappingDecoded("/*", "all");
        tomcat.start();
    }

    @AfterEach
    void stop() throws LifecycleException, IOException {
        served.rest.countDown();
        for (Socket socket : sockets) {
            socket.close();
        }
        tomcat.stop();
        tomcat.destroy();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ",
                "POST /read HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n"
            })
    void whatTricklesInIsClosedWhenItsTimeIsOver(String beginning) {
        Socket slow = send(beginning);
        long start = System.nanoTime();

        assertThatThrownBy(() -> {
                    while (System.nanoTime() - start < Duration.ofSeconds(10).toNanos()) {
                        slow.getOutputStream().write('a');
                        Thread.sleep(20);
                    }
                })
                .isInstanceOf(SocketException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT, Duration.ofSeconds(5));
    }

    @Test
    void chunksThatTrickleInAreClosedWhenTheirTimeIsOver() {
        Socket slow = send("POST /read HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n");

        assertThatThrownBy(() -> {
                    for (int chunk = 0; chunk < 500; chunk++) {
                        slow.getOutputStream().write("1\r\na\r\n".getBytes(StandardCharsets.US_ASCII));
                        Thread.sleep(20);
                    }
                })
                .isInstanceOf(SocketException.class);
    }

    @Test
    void answerThatIsNotReadIsClosedWhenItsTimeIsOver() {
        Socket slow = send("GET /write HTTP/1.1\r\n" + HOST + "\r\n");

        await().atMost(Duration.ofSeconds(10)).until(() -> connections() == 0);
        assertThat(slow.isClosed()).isFalse();
    }

    @Test
    void callerWhenOthersHoldAllConnectionsIsServedAllTheSame() throws IOException {
        for (int number = 0; number < 10 * MOST; number++) {
            send(number % 2 == 0 ? "" : "GET / HTTP/1.1\r\nHost: localhost\r\nX: ");
        }

        for (int time = 0; time < 3; time++) {
            assertThat(answer(send(GET))).contains("200");
        }
        // as many wait
        assertThat(connections()).isLessThanOrEqualTo(2 * MOST);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 9, 17, 18, 60})
    void requestThatComesInPiecesIsReadWhole(int first) throws IOException, InterruptedException {
        String request = "GET /path HTTP/1.1\r\n" + HOST + "X: " + "x".repeat(50) + "\r\n\r\n";
        Socket slow = send(request.substring(0, first));
        Thread.sleep(50);
        write(slow, request.substring(first));

        assertThat(answer(slow)).contains("200").contains("/path " + "x".repeat(50));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.0\r\n\r\n", "GET /live HTTP/1.0\r\n\r\n", "GET / HTTP/1.1\r\nHost:\r\n\r\n"})
    void requestOfAFewBytesIsServed(String request) throws IOException {
        assertThat(answer(send(request))).contains("200");
    }

    @Test
    void probeWhenAllConnectionsAreAtWorkIsServed() throws Exception {
        for (int number = 0; number < MOST; number++) {
            send("GET /work HTTP/1.1\r\n" + HOST + "\r\n");
        }
        await().until(() -> served.working.get() == MOST);

        Socket other = send(GET);
        assertThat(answer(send("GET /live HTTP/1.1\r\n" + HOST + "\r\n")))
                .contains("200")
                .containsIgnoringCase("Connection: close");

        served.rest.countDown();
        assertThat(answer(other)).contains("200");
    }

    @Test
    void probesThatKeepTheirBodiesBackHoldNobodyUp() throws Exception {
        for (int number = 0; number < MOST; number++) {
            send("GET /work HTTP/1.1\r\n" + HOST + "\r\n");
        }
        await().until(() -> served.working.get() == MOST);
        // more than there are places for probes
        for (int number = 0; number < 50; number++) {
            Socket slow = send("GET /live HTTP/1.1\r\n" + HOST + "Content-Length: 100\r\n\r\na");
            assertThat(answer(slow)).contains("200");
        }

        String second = "GET /read HTTP/1.1\r\n" + HOST + "Content-Length: 100\r\n\r\n";
        for (int number = 0; number < 8; number++) {
            assertThat(answer(send("GET /live HTTP/1.1\r\n" + HOST + "\r\n" + second)))
                    .contains("200");
        }

        assertThat(answer(send("GET /live HTTP/1.1\r\n" + HOST + "\r\n"))).contains("200");
    }

    @Test
    void silentOnesWhenMoreComeInThanMayWaitAreClosedFirst() throws Exception {
        for (int number = 0; number < MOST; number++) {
            send("GET /work HTTP/1.1\r\n" + HOST + "\r\n");
        }
        await().until(() -> served.working.get() == MOST);
        List<Socket> silent = new ArrayList<>();
        for (int number = 0; number < MOST - 1; number++) {
            silent.add(send(""));
        }

        Socket waiting = send(GET);
        for (int number = 0; number < MOST; number++) {
            send(number % 2 == 0 ? "" : GET);
        }

        for (Socket closed : silent) {
            assertThat(closed.getInputStream().read()).isEqualTo(-1);
        }
        served.rest.countDown();
        assertThat(answer(waiting)).contains("200");
    }

    @Test
    void requestsOneBehindTheOtherAreServedOnOneConnection() throws IOException {
        Socket kept = send("POST /read HTTP/1.1\r\n" + HOST + "Content-Length: 3\r\n\r\nabc" + GET + "GET / HT");
        StringBuilder answers = new StringBuilder();
        while (answers.toString().split("200 ", -1).length < 3) {
            answers.append(answer(kept));
        }
        write(kept, "TP/1.1\r\n" + HOST + "\r\n");

        assertThat(answer(kept)).contains("200");
    }

    private long connections() {
        return ((WireProtocol) tomcat.getConnector().getProtocolHandler()).getConnectionCount() - 1;
    }

    private Socket send(String request) {
        try {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(2048);
            socket.setSoTimeout(5_000);
            socket.connect(
                    new InetSocketAddress("127.0.0.1", tomcat.getConnector().getLocalPort()));
            sockets.add(socket);
            write(socket, request);
            return socket;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** What comes first. */
    private static String answer(Socket socket) throws IOException {
        byte[] answer = new byte[4096];
        int length = socket.getInputStream().read(answer);
        return length < 0 ? "" : new String(answer, 0, length, StandardCharsets.US_ASCII);
    }

    private static final class Served extends HttpServlet {

        private final transient AtomicInteger working = new AtomicInteger();
        private final transient CountDownLatch rest = new CountDownLatch(1);

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            switch (request.getRequestURI()) {
                case "/read" -> request.getInputStream().readAllBytes();
                case "/write" -> response.getOutputStream().write(new byte[20 * 1024 * 1024]);
                case "/work" -> work();
                default -> response.getOutputStream().print(request.getRequestURI() + " " + request.getHeader("X"));
            }
        }

        private void work() {
            working.incrementAndGet();
            try {
                rest.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
