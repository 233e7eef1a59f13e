package io.qlikbridge.vault;

import static io.qlikbridge.TestVaultKeys.K1;
import static io.qlikbridge.TestVaultKeys.K2;
import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.BridgeJar;
import io.qlikbridge.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Starts the application as an operator does: packaged, or unpacked with its ahead-of-time cache. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class VaultStartIT {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final List<String> PACKAGED =
            List.of(BridgeJar.JAVA, "-Xmx400m", "-XX:TieredStopAtLevel=1", "-jar", System.getProperty("bridge.jar"));

    private final Map<String, Object> database = TestDatabase.empty();

    @TempDir
    Path folder;

    @Test
    void startWhenThereIsNoKeyEndsWithOneMessage() throws Exception {
        assertThat(failedStart(PACKAGED, Map.of()))
                .contains("neither BRIDGE_VAULT_KEYS nor BRIDGE_VAULT_KEYS_FILE is set");
    }

    @Test
    void startWithTheKeyInAFileGoesOn() throws Exception {
        Path file = Files.writeString(folder.resolve("keys"), "# the first\n" + K1 + "\n");

        startAndStop(Map.of("BRIDGE_VAULT_KEYS_FILE", file.toString()));
    }

    private String failedStart(List<String> command, Map<String, String> environment) throws Exception {
        Path output = Files.createTempFile(folder, "start", ".log");
        Process process = start(command, environment, output);
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(output);
        assertThat(process.exitValue()).as(said).isEqualTo(1);
        assertThat(said)
                .containsOnlyOnce("APPLICATION FAILED TO START")
                .contains("Action:", "openssl rand -base64 32", "BRIDGE_VAULT_KEYS=k")
                .doesNotContain("\tat ", "Exception", " WARN ", "Error starting")
                .doesNotContain(K1.substring(3, 40), K2.substring(3, 40));
        return said;
    }

    private void startAndStop(Map<String, String> environment) throws Exception {
        Path output = Files.createTempFile(folder, "start", ".log");
        Process process = start(BridgeJar.command(), environment, output);
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> !process.isAlive() || Files.readString(output).contains("Started BridgeApplication"));
            assertThat(process.isAlive()).as(Files.readString(output)).isTrue();
        } finally {
            process.destroy();
            process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private Process start(List<String> command, Map<String, String> environment, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("BRIDGE_") || name.startsWith("SPRING_"));
        builder.environment().put("SPRING_DATASOURCE_URL", value("spring.datasource.url"));
        builder.environment().put("SPRING_DATASOURCE_USERNAME", value("spring.datasource.username"));
        builder.environment().put("SPRING_DATASOURCE_PASSWORD", value("spring.datasource.password"));
        builder.environment().put("SERVER_PORT", "0");
        builder.environment().putAll(environment);
        return builder.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private String value(String property) {
        return String.valueOf(database.get(property));
    }
}
