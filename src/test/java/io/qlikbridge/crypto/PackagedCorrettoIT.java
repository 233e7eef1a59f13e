package io.qlikbridge.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.BridgeJar;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Corretto in the packaged application, where it is a jar within a jar. */
@EnabledOnOs(
        value = OS.LINUX,
        architectures = {"amd64", "aarch64"})
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PackagedCorrettoIT {

    /** Compiled here: of two main methods among the tests, {@code spring-boot:test-run} would ask which. */
    private static final String LOADING = """
            package io.qlikbridge.crypto;
            class Loading {
                public static void %s(String[] arguments) throws Exception {
                    System.out.println("loaded " + CorrettoJar.load().getName());
                }
            }
            """.formatted("main");

    @TempDir
    Path folder;

    @Test
    void correttoLoadsOutOfThePackagedApplication() throws Exception {
        Path source = Files.writeString(folder.resolve("Loading.java"), LOADING);
        Path classes = Path.of(CorrettoJar.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-proc:none",
                                "-cp",
                                classes.toString(),
                                "-d",
                                folder.toString(),
                                source.toString()))
                .isZero();
        Process process = new ProcessBuilder(
                        BridgeJar.JAVA,
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dloader.main=io.qlikbridge.crypto.Loading",
                        "-Dloader.path=" + folder,
                        "-cp",
                        System.getProperty("bridge.jar"),
                        "org.springframework.boot.loader.launch.PropertiesLauncher")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("loaded AmazonCorrettoCryptoProvider");
    }
}
