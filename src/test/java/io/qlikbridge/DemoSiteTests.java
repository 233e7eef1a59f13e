package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.sitesimulator.SimulatedSite;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoSiteTests {

    @Test
    void certificatesAreExportedInBothForms(@TempDir Path folder) {
        try (DemoSite demo = DemoSite.furnish(SimulatedSite.start(), folder.resolve("site"))) {
            assertThat(demo.folder())
                    .isDirectoryContaining("glob:**/client.pfx")
                    .isDirectoryContaining("glob:**/client_key.pem")
                    .isDirectoryContaining("glob:**/root.pem");
        }
    }

    @Test
    void certificateForTokensOfAnEarlierRunIsGone(@TempDir Path folder) throws Exception {
        Path left = Files.writeString(folder.resolve("jwt.pem"), "of an earlier run");

        DemoSite.furnish(SimulatedSite.start(), folder).close();

        assertThat(left).doesNotExist();
    }

    @Test
    void portThatIsTakenIsPassedOver() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(DemoSite.freeFrom(taken.getLocalPort())).isGreaterThan(taken.getLocalPort());
        }
    }
}
