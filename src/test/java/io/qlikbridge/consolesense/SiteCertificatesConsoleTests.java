package io.qlikbridge.consolesense;

import static io.qlikbridge.sitefile.SiteFixture.der;
import static io.qlikbridge.sitefile.SiteFixture.pem;
import static io.qlikbridge.sitefile.SiteFixture.pfx;
import static io.qlikbridge.sitefile.SiteFixture.pkcs8;
import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.console.ConsoleBrowser;
import io.qlikbridge.console.ConsolePage;
import io.qlikbridge.sitefile.SiteFixture;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SiteCertificatesConsoleTests {

    private static final String UPLOAD = "Upload certificates";
    private static final String PASSWORD = "the-password-of-the-export";
    private static final SiteFixture SITE = SiteFixture.site();
    private static final byte[] PFX = pfx(PASSWORD, SITE.clientKey(), SITE.client(), SITE.root());

    private static final Product bridge = Product.shared();
    private static final ConsoleBrowser browser = ConsoleBrowser.ofAdmin();

    private final String connection = site("certificates");

    @Test
    void certificatesAreUploadedAndShown() {
        assertThat(page(connection).text()).contains("To do Certificates of the site");

        ConsolePage kept =
                upload(connection, Map.of("pfx", PFX, "root", der(SITE.root()))).expect(200);

        assertThat(kept.text())
                .contains("The certificates are kept.")
                .contains("Done Certificates of the site")
                .contains("CN=QlikClient")
                .contains("CN=SENSE.lab.example-CA");
        assertThat(kept.html()).doesNotContain(PASSWORD);
        assertThat(api(connection).expect(200).text()).contains("CN=QlikClient");
    }

    @Test
    void certificateAndKeyMayBePem() {
        upload(
                        connection,
                        Map.of(
                                "client", pem(SITE.client()),
                                "clientKey", pkcs8(SITE.clientKey()),
                                "root", pem(SITE.root())))
                .expect(200);
        api(connection).expect(200);
    }

    @Test
    void rootAloneIsEnoughForASiteThatTakesTokens() {
        String tokens = site("jwt");
        assertThat(page(tokens).text()).contains("Optional Certificates of the site");
        assertThat(upload(tokens, Map.of("root", der(SITE.root()))).expect(200).text())
                .contains("Done Certificates of the site");

        ConsolePage refused =
                upload(connection, Map.of("root", der(SITE.root()))).expect(200);
        assertThat(refused.errorAt("pfx")).startsWith("is required, or client");
    }

    @Test
    void whatIsNoCertificateIsRefusedInItsPanel() {
        ConsolePage refused = upload(
                        connection,
                        Map.of("pfx", "<img src=x>".getBytes(StandardCharsets.UTF_8), "root", der(SITE.root())))
                .expect(200);
        assertThat(refused.document().select("#certificates [role=alert]").text())
                .contains("is neither PEM nor DER nor PKCS#12");
        assertThat(refused.document().select("#settings [role=alert]")).isEmpty();
        api(connection).expectProblem(409, "certificates-missing");
    }

    @Test
    void wrongPasswordIsSaidAndNotShown() {
        ConsolePage refused = browser.submit(
                        page(connection),
                        UPLOAD,
                        Map.of("passphrase", "another-password"),
                        Map.of("pfx", PFX, "root", der(SITE.root())))
                .expect(200);
        assertThat(refused.text()).contains("passphrase does not open");
        assertThat(refused.html()).doesNotContain("another-password");
    }

    @Test
    void fileThatIsMuchTooLargeIsRefusedInItsPanel() {
        ConsolePage refused =
                upload(connection, Map.of("root", new byte[70_000])).expect(200);
        assertThat(refused.document().select("#certificates [role=alert]").text())
                .contains("larger than 64 KiB");
    }

    @Test
    void nothingChosenIsSaidAtTheFields() {
        ConsolePage refused = upload(connection, Map.of()).expect(200);
        assertThat(refused.errorAt("root")).startsWith("is required");
        assertThat(refused.errorAt("pfx")).startsWith("is required");
    }

    @Test
    void certificatesAreDeletedAfterItWasAsked() {
        ConsolePage kept = upload(connection, Map.of("pfx", PFX, "root", der(SITE.root())));

        ConsolePage gone = browser.submit(kept, "Delete certificates", Map.of()).expect(200);

        assertThat(gone.text()).contains("The certificates are deleted.");
        api(connection).expectProblem(409, "certificates-missing");
        browser.submit(kept, "Delete certificates", Map.of()).expect(200);
    }

    @Test
    void auditNamesWhoUploadedThem() {
        upload(connection, Map.of("pfx", PFX, "root", der(SITE.root())));
        assertThat(bridge.get("/api/v1/audit?action=certificates.put&connection=" + connection)
                        .expect(200)
                        .text())
                .contains("\"actor\":\"client:admin\"");
    }

    private static ConsolePage upload(String connection, Map<String, byte[]> files) {
        return browser.submit(page(connection), UPLOAD, Map.of("passphrase", PASSWORD), files);
    }

    private static ConsolePage page(String connection) {
        return browser.page("/console/connections/" + connection).expect(200);
    }

    private static Product.Answer api(String connection) {
        return bridge.get("/api/v1/connections/" + connection + "/certificates");
    }

    private static String site(String signIn) {
        String name = Product.name("site");
        bridge.put(
                        "/api/v1/connections/" + name,
                        Map.of(
                                "type", "qlik-sense",
                                "host", "https://localhost",
                                "signIn", signIn,
                                "userDirectory", "LAB"))
                .expect(201);
        return name;
    }
}
