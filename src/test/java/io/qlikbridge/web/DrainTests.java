package io.qlikbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Door;
import io.qlikbridge.Product;
import io.qlikbridge.ThroughBothDoors;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What callers see of a replica that is told to stop. */
@ThroughBothDoors
class DrainTests {

    private final Door door;

    DrainTests(Door door) {
        this.door = door;
    }

    private static final String REQUEST = "GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @Test
    void replicaThatStopsServesWhatStillComesAndClosesConnectionsWithTheirAnswers() throws Exception {
        Product bridge = new Door.Bridges(Map.of("bridge.web.drain", "PT4S")).at(door);
        URI url = URI.create(bridge.url());
        try (Socket kept = new Socket(url.getHost(), url.getPort())) {
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(kept.getInputStream(), StandardCharsets.ISO_8859_1));
            assertThat(answer(kept, answers)).startsWith("HTTP/1.1 401").doesNotContain("Connection: close");

            Thread stop = Thread.ofPlatform().start(bridge::close);
            Awaitility.await().until(() -> readiness(url) == 503);

            assertThat(answer(kept, answers)).startsWith("HTTP/1.1 401").contains("Connection: close");
            assertThat(answers.read()).as("the connection's end").isEqualTo(-1);
            stop.join();
        }
        Awaitility.await().until(() -> isClosed(url));
    }

    /** Through connections of its own, which a stop leaves time for. */
    private static int readiness(URI url) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(url.resolve("/actuator/health/readiness"))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static String answer(Socket socket, BufferedReader answers) throws IOException {
        socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        int length = 0;
        for (String line = answers.readLine(); !line.isEmpty(); line = answers.readLine()) {
            head.append(line).append('\n');
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring("Content-Length: ".length()));
            }
        }
        assertThat(head).as("an answer of a known length").contains("Content-Length: ");
        assertThat(answers.skip(length)).isEqualTo(length);
        return head.toString();
    }

    private static boolean isClosed(URI url) throws IOException {
        try (Socket refused = new Socket(url.getHost(), url.getPort())) {
            return false;
        } catch (ConnectException closed) {
            return true;
        }
    }
}
