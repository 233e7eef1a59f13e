package io.qlikbridge;

import io.qlikbridge.sitesimulator.SimulatedSite;
import io.qlikbridge.sitesimulator.SiteApp;
import io.qlikbridge.sitesimulator.SiteExport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The simulated Qlik Sense site of the development run. Its certificates are exported into a folder, and its virtual proxy {@code
 * bridge} takes the tokens of whose certificate lies there as {@code jwt.pem}.
 */
record DemoSite(SimulatedSite site, Path folder) implements AutoCloseable {

    private static final int PROXY_PORT = 8443;
    private static final int REPOSITORY_PORT = 4242;
    private static final int PROXY_SERVICE_PORT = 4243;
    private static final String TOKEN_CERTIFICATE = "jwt.pem";

    /** On Qlik's own ports, or the next free ones; below {@code target} where it is run from the sources. */
    static DemoSite start() {
        Path folder =
                Files.exists(Path.of("pom.xml")) ? Path.of("target") : Path.of(System.getProperty("java.io.tmpdir"));
        int repositoryPort = freeFrom(REPOSITORY_PORT);
        return furnish(
                SimulatedSite.start(
                        freeFrom(PROXY_PORT),
                        repositoryPort,
                        freeFrom(Math.max(PROXY_SERVICE_PORT, repositoryPort + 1))),
                folder.resolve("qlik-sense-site").toAbsolutePath());
    }

    /** What the lines to try expect at a site. */
    static DemoSite furnish(SimulatedSite site, Path folder) {
        try {
            Files.deleteIfExists(folder.resolve(TOKEN_CERTIFICATE));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        site.apps(
                "LAB\\ada",
                SiteApp.of("Budget").inStream("Finance"),
                SiteApp.of("Liquidity").inStream("Finance"),
                SiteApp.of("Notes of my own"));
        site.apps("LAB\\bob", SiteApp.of("Stock on hand").inStream("Warehouse"));
        site.virtualProxy("bridge").certificate(() -> read(folder.resolve(TOKEN_CERTIFICATE)));
        site.export(SiteExport.Form.PEM).to(folder);
        site.export(SiteExport.Form.WINDOWS).to(folder);
        return new DemoSite(site, folder);
    }

    /** Where it listens, and where its files are. */
    String address() {
        return site.host() + ", its repository on port " + site.repositoryPort() + ", its proxy service on port "
                + site.proxyServicePort() + "; its certificates are in " + folder;
    }

    /** The lines for a site, with where this one listens. */
    String whatToTry() {
        return TestBridgeApplication.whatToTryAtASite()
                .replace("https://localhost:" + PROXY_PORT, site.host().toString())
                .replace("REPOSITORY_PORT=" + REPOSITORY_PORT, "REPOSITORY_PORT=" + site.repositoryPort())
                .replace("PROXY_PORT=" + PROXY_SERVICE_PORT, "PROXY_PORT=" + site.proxyServicePort())
                .replace("SITE_FILES=target/qlik-sense-site", "SITE_FILES='" + folder + "'");
    }

    @Override
    public void close() {
        site.close();
    }

    private static @Nullable String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : null;
        } catch (IOException unreadable) {
            return null;
        }
    }

    static int freeFrom(int first) {
        for (int port = first; port < first + 100; port++) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
                return port;
            } catch (IOException taken) {
                // the next one then
            }
        }
        throw new IllegalStateException("No port is free from " + first);
    }
}
