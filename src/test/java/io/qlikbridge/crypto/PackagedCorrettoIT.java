package io.qlikbridge.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.BridgeJar;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Corretto in the packaged application, where it is a jar within a jar. */
@EnabledOnOs(
        value = OS.LINUX,
        architectures = {"amd64", "aarch64"})
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PackagedCorrettoIT {

    @Test
    void correttoLoadsOutOfThePackagedApplication() throws Exception {
        Path tests = Path.of(PackagedCorrettoIT.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Process process = new ProcessBuilder(
                        BridgeJar.JAVA,
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dloader.main=" + Loading.class.getName(),
                        "-Dloader.path=" + tests,
                        "-cp",
                        System.getProperty("bridge.jar"),
                        "org.springframework.boot.loader.launch.PropertiesLauncher")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("loaded AmazonCorrettoCryptoProvider");
    }

    /** What is run there. */
    static final class Loading {

        private Loading() {}

        public static void main(String[] arguments) throws Exception {
            System.out.println("loaded " + CorrettoJar.load().getName());
        }
    }
}
