package io.qlikbridge.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;

/** A certificate that nobody but its own trust store trusts, with its key: for a server, and for who trusts it. */
public final class TestKeyStore {

    public static final String PASSWORD = "changeit";

    private TestKeyStore() {}

    /**
     * @param names it is for, such as {@code dns:localhost,ip:127.0.0.1}
     * @return the file {@code name.p12} in the folder
     */
    public static Path make(Path folder, String name, String names) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=" + names,
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        folder.resolve(name + ".p12").toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        return certificateOnly(folder.resolve(name + ".p12"), name);
    }

    /** A trust store wants a trusted certificate, which a key entry is not. */
    private static Path certificateOnly(Path file, String name) throws Exception {
        KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        store.setCertificateEntry(name + "-trusted", store.getCertificate(name));
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    /** A server that speaks TLS alone, with that certificate; started, and without answers. */
    public static WireMockServer serving(Path store) {
        WireMockServer server = new WireMockServer(WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .httpDisabled(true)
                .dynamicHttpsPort()
                .keystoreType("PKCS12")
                .keystorePath(store.toString())
                .keystorePassword(PASSWORD)
                .keyManagerPassword(PASSWORD));
        server.start();
        return server;
    }
}
