package io.qlikbridge.front;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Door;
import io.qlikbridge.ThroughBothDoors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is on the wire is read as RFC 9112 wants it, and in one way alone, whichever door it comes to. */
@ThroughBothDoors
@Execution(ExecutionMode.CONCURRENT)
class RawRequestTests {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([0-9]{3}) [^\\r\\n]*\\r\\n");

    private final URI bridge;

    RawRequestTests(Door door) {
        bridge = URI.create(door.product().url());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.qlikbridge.front.RawRequests#all")
    void answersAreThoseOfTheStandard(String name, String request, String wanted) throws IOException {
        String answers = answers(request);

        assertThat(answers).as(name).matches(wanted);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.qlikbridge.front.RawRequests#all")
    void answersAreTheSameHoweverTheBytesAreCut(String name, String request, String wanted) throws IOException {
        try (Socket socket = new Socket(bridge.getHost(), bridge.getPort())) {
            socket.setTcpNoDelay(true);
            byte[] bytes = request.getBytes(ISO_8859_1);
            int cut = Math.max(1, bytes.length * 2 / 3);
            socket.getOutputStream().write(bytes, 0, cut);
            socket.getOutputStream().flush();
            Thread.sleep(2);
            try {
                socket.getOutputStream().write(bytes, cut, bytes.length - cut);
            } catch (SocketException refusedAlready) {
                // the beginning was enough
            }
            assertThat(read(socket)).as(name).matches(wanted);
        } catch (InterruptedException impatient) {
            throw new IllegalStateException(impatient);
        }
    }

    private String answers(String request) throws IOException {
        try (Socket socket = new Socket(bridge.getHost(), bridge.getPort())) {
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return read(socket);
        }
    }

    /** The statuses, and whether the connection was closed behind them. */
    private static String read(Socket socket) throws IOException {
        socket.setSoTimeout(3_000);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        boolean closed = false;
        try {
            InputStream in = socket.getInputStream();
            byte[] piece = new byte[8_192];
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                all.write(piece, 0, length);
            }
            closed = true;
        } catch (SocketTimeoutException stillOpen) {
            closed = false;
        }
        List<String> words = new ArrayList<>();
        Matcher status = STATUS.matcher(all.toString(ISO_8859_1));
        while (status.find()) {
            words.add(status.group(1));
        }
        if (closed) {
            words.add("closed");
        }
        return String.join(" ", words);
    }
}
