package io.qlikbridge.qlikcloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.simulator.SimulatedTenant;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The connection test at servers that are no tenants. */
class NoTenantTests {

    private final Product bridge = Product.shared();
    private SimulatedTenant tenant;

    @BeforeEach
    void start() {
        tenant = SimulatedTenant.start();
    }

    @AfterEach
    void stop() {
        tenant.close();
    }

    @ParameterizedTest
    @CsvSource({
        "404 Not Found, text/html, <html>no</html>",
        "200 OK, text/html, <html>hello</html>",
        "200 OK, application/json, {}",
        "401 Unauthorized, text/html, <html>sign in</html>",
        "501 Not Implemented, text/plain, no",
        "503 Down, text/html, <html>down</html>",
    })
    void testWhenTheHostIsNoTenantFailsWithoutAUser(String status, String type, String body) throws IOException {
        try (ServerSocket server = answering("HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Type: " + type
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)) {
            String main = bridge.connectTo(tenant, Map.of("host", "http://127.0.0.1:" + server.getLocalPort()));

            JsonNode report = test(main, Map.of());

            assertThat(report.path("passed").asBoolean()).isFalse();
            assertThat(report.path("checks").path(1).path("status").asString()).isEqualTo("failed");
            assertThat(report.path("checks").path(1).toString()).doesNotContain("<html>");
        }
    }

    private JsonNode test(String connection, Map<String, Object> body) {
        return bridge.post("/api/v1/connections/" + connection + "/test", body)
                .expect(200)
                .json();
    }

    private ServerSocket answering(String answer) throws IOException {
        return serve((socket, head) -> {
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        });
    }

    private static ServerSocket serve(Conversation conversation) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    Thread.ofVirtual().start(() -> {
                        try (socket) {
                            StringBuilder head = new StringBuilder();
                            while (!head.toString().endsWith("\r\n\r\n")) {
                                int next = socket.getInputStream().read();
                                if (next < 0) {
                                    return;
                                }
                                head.append((char) next);
                            }
                            conversation.with(socket, head.toString());
                        } catch (IOException over) {
                            // the other side has hung up
                        }
                    });
                } catch (IOException closed) {
                    return;
                }
            }
        });
        return server;
    }

    private interface Conversation {

        void with(Socket socket, String head) throws IOException;
    }
}
