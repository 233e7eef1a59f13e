package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class DatabaseCannotStartTests {

    @Test
    void startWhenNoDatabaseAnswersTellsWhatToCheck(CapturedOutput output) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }

        assertThatException()
                .isThrownBy(() -> Product.start(
                        Map.of(
                                "spring.datasource.url", "jdbc:postgresql://127.0.0.1:" + port + "/bridge",
                                "spring.datasource.username", "bridge",
                                "spring.datasource.password", "the-password-of-the-database",
                                "spring.datasource.hikari.connection-timeout", "500"),
                        Map.of()));

        assertThat(output).contains("The database cannot be used", "SPRING_DATASOURCE_URL");
        assertThat(output).doesNotContain("\tat org.", "the-password-of-the-database");
    }
}
