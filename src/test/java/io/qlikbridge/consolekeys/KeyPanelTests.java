package io.qlikbridge.consolekeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.console.ConsoleBrowser;
import io.qlikbridge.console.ConsolePage;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing keys and their certificates on the page of a connection. */
class KeyPanelTests {

    private static final String HOSTILE = "<img src=x onerror=alert(1)>\u202E\uD83D\uDE00\"'";

    private final Product bridge = Product.shared();
    private final ConsoleBrowser browser = ConsoleBrowser.ofAdmin();
    private String id;

    @BeforeEach
    void connect() {
        id = Product.name("keys");
        bridge.put(
                        "/api/v1/connections/" + id,
                        Map.of(
                                "type",
                                "qlik-cloud",
                                "host",
                                "https://" + id + ".eu.qlikcloud.com",
                                "issuer",
                                "https://bridge.example.org/" + id))
                .expect(201);
    }

    @Test
    void pageWithoutAKeySaysWhatToDo() {
        ConsolePage page = page().expect(200);

        assertThat(page.document().select("h2").eachText()).contains("Signing keys", "Certificate");
        assertThat(panel(page).text()).contains("There is no key yet");
        assertThat(page.document().select("#signing-keys table")).isEmpty();
        assertThat(task(page, "Signing keys").text()).contains("Generate a key");
        assertThat(page.control("Key ID").attr("name")).isEqualTo("key-id");
        assertThat(page.control("Private key file").attr("type")).isEqualTo("file");
        assertThat(page.control("Passphrase").attr("type")).isEqualTo("password");
    }

    @Test
    void generatedKeyIsActiveAndItsCertificateIsShownWithWhatToType() {
        ConsolePage page = browser.submit(page(), "Generate key", Map.of("key-name", "bridge-2026"))
                .expect(200);

        assertThat(page.path()).contains("/console/connections/" + id).contains("done=keys-generated");
        assertThat(page.document().select(".done").text()).contains("The key was made");
        assertThat(panel(page).select("tbody tr").text()).contains("bridge-2026", "Active", "RS256, 4096 bits");
        String pem = bridge.get("/api/v1/connections/" + id + "/signing-keys/bridge-2026/certificate")
                .text();
        Element certificate = page.document().getElementById("certificate");
        assertThat(certificate.selectFirst("pre code").wholeText()).isEqualTo(pem);
        assertThat(certificate.select(".copy:not(.block) code").eachText())
                .containsExactly("https://bridge.example.org/" + id, "bridge-2026");
        assertThat(certificate.select("button[data-copy]").eachText())
                .hasSize(3)
                .containsOnly("Copy");
        assertThat(certificate.text())
                .contains("https://" + id + ".eu.qlikcloud.com", "Identity provider", "Create new");
        assertThat(task(page, "Signing keys").text()).contains("Done");
        assertThat(task(page, "Certificate").text()).contains("To do", "bridge-2026");

        ConsolePage download = browser.follow(page, "Download").expect(200);
        assertThat(download.html()).isEqualTo(pem);
        assertThat(download.header("Content-Type")).startsWith("application/x-pem-file");
        assertThat(download.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"" + id + "-bridge-2026.pem\"");
    }

    @Test
    void generatedKeyWithoutANameHasItsThumbprint() {
        ConsolePage page = browser.submit(page(), "Generate key", Map.of()).expect(200);

        assertThat(panel(page).select("tbody code").text()).hasSize(43);
    }

    @ParameterizedTest
    @ValueSource(strings = {HOSTILE, "..", "a/b", "a b"})
    void generatedKeyOfANameThatCannotBeIsRefusedAtItsField(String name) {
        ConsolePage page =
                browser.submit(page(), "Generate key", Map.of("key-name", name)).expect(200);

        assertThat(page.errorAt("key-name")).contains("is 1 to 128 of");
        assertThat(page.control("Identifier (optional)").attr("value")).isEqualTo(name);
        assertThat(page.errorAt("key-id")).isEmpty();
        assertThat(page.document().select("img")).isEmpty();
    }

    @Test
    void generatedKeyOfANameThatIsTakenIsRefusedAtItsField() {
        bridge.signingCertificate(id);

        ConsolePage page =
                browser.submit(page(), "Generate key", Map.of("key-name", id)).expect(200);

        assertThat(page.errorAt("key-name")).contains("already");
    }

    @Test
    void uploadedKeyIsTakenWithItsIdAndShownNowhere() {
        String pem = key();

        ConsolePage page = upload(Map.of("key-id", "mine"), pem).expect(200);

        assertThat(page.path()).contains("done=keys-uploaded");
        assertThat(panel(page).select("tbody tr").text()).contains("mine", "Active", "2048 bits");
        assertThat(page.html()).doesNotContain("PRIVATE KEY", pem.substring(40, 90));
    }

    @Test
    void uploadOfNothingAsksForTheFileAndKeepsTheId() {
        for (String empty : List.of("", "hello")) {
            ConsolePage page = upload(Map.of("key-id", "mine", "key-passphrase", "s3cret-phrase"), empty)
                    .expect(200);

            assertThat(page.errorAt("key-file")).contains("private RSA key is wanted");
            assertThat(page.control("Key ID").attr("value")).isEqualTo("mine");
            assertThat(page.html()).doesNotContain("s3cret-phrase");
        }
        ConsolePage withoutAFile = browser.submit(page(), "Upload key", Map.of("key-id", "mine"), Map.of())
                .expect(200);
        assertThat(withoutAFile.errorAt("key-file")).contains("Choose the file");
    }

    @Test
    void uploadOfACertificateSaysWhatItIs() {
        ConsolePage page = upload(Map.of(), bridge.signingCertificate(id)).expect(200);

        assertThat(page.errorAt("key-file")).contains("The upload is a certificate");
    }

    @Test
    void uploadOfTooMuchIsRefusedAtItsField() {
        ConsolePage page = upload(Map.of("key-id", "mine"), "x".repeat(70_000)).expect(200);

        assertThat(page.errorAt("key-file")).contains("larger than 64 KiB");
        assertThat(page.control("Key ID").attr("value")).isEqualTo("mine");
        assertThat(upload(Map.of(), "x".repeat(300_000)).status()).isEqualTo(413);
    }

    @Test
    void uploadOfAKeyOfAnotherConnectionIsTakenWhenTheAdminInsists() {
        String pem = key();
        upload(Map.of("key-id", "first"), pem).expect(200);
        String first = id;
        connect();

        ConsolePage refused = upload(Map.of("key-id", "second"), pem).expect(200);

        assertThat(panel(refused).select("[role=alert]").text()).contains("Another connection has this key");
        ConsolePage taken = browser.submit(
                        refused,
                        "Upload key",
                        Map.of("key-shared", "true"),
                        Map.of("key-file", pem.getBytes(StandardCharsets.UTF_8)))
                .expect(200);
        assertThat(panel(taken).select("tbody tr").text()).contains("second");
        assertThat(id).isNotEqualTo(first);
    }

    @Test
    void uploadOfAnEncryptedKeyAsksForItsPassphraseAtItsField() {
        String encrypted = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,"
                + "00112233445566778899AABBCCDDEEFF\n\n" + "QUJD".repeat(16) + "\n-----END RSA PRIVATE KEY-----\n";

        assertThat(upload(Map.of(), encrypted).expect(200).errorAt("key-passphrase"))
                .contains("type its passphrase");
        ConsolePage wrong =
                upload(Map.of("key-passphrase", "s3cret-phrase"), encrypted).expect(200);
        assertThat(wrong.errorAt("key-passphrase")).contains("does not open the key");
        assertThat(wrong.html()).doesNotContain("s3cret-phrase");
    }

    @Test
    void activationOfAnUntestedKeyTellsWhatSpeaksAgainstIt() {
        bridge.signingCertificate(id);
        ConsolePage staged = upload(Map.of("key-id", "next"), key()).expect(200);
        assertThat(panel(staged).text()).contains("Before you activate it", "No connection test has shown yet");
        assertThat(staged.document().select("#certificate h3").text()).contains("next", "staged key");

        ConsolePage page = browser.submit(staged, "Activate", Map.of()).expect(200);

        assertThat(panel(page).select("[role=alert]").text())
                .contains("The key next is active now", "No connection test has shown yet");
        assertThat(row(page, "next").text()).contains("Active");
        assertThat(row(page, id).text()).contains("Retired");
    }

    @Test
    void deletionAsksOnce() {
        bridge.signingCertificate(id);
        ConsolePage staged = upload(Map.of("key-id", "next"), key()).expect(200);

        ConsolePage asked = browser.submit(staged, "Delete", Map.of()).expect(200);
        assertThat(asked.text()).contains("Delete the signing key next?");
        assertThat(row(page(), "next")).isNotNull();

        ConsolePage page = browser.submit(asked, "Delete", Map.of()).expect(200);
        assertThat(page.path()).contains("done=keys-deleted");
        assertThat(panel(page).text()).doesNotContain("next");
    }

    @Test
    void whatIsNotThereIsAPageThatSaysSo() {
        assertThat(browser.page("/console/connections/" + id + "/certificate.pem?kid=nobody")
                        .status())
                .isEqualTo(404);
        assertThat(browser.page("/console/connections/" + id + "/certificate.pem?kid=" + Product.encoded(HOSTILE))
                        .expect(404)
                        .html())
                .doesNotContain("<img");
        assertThat(browser.page("/console/connections/" + id + "/certificate.pem")
                        .status())
                .isEqualTo(400);
        assertThat(browser.page("/console/connections/none/certificate.pem?kid=a")
                        .status())
                .isEqualTo(404);
        assertThat(browser.page("/console/connections/" + id + "/signing-keys/nobody/delete")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void deletionOfTheActiveKeyIsRefused() {
        bridge.signingCertificate(id);
        ConsolePage asked = browser.page("/console/connections/" + id + "/signing-keys/" + id + "/delete")
                .expect(200);

        assertThat(browser.submit(asked, "Delete", Map.of()).expect(409).text()).contains("is the active one");
    }

    @Test
    void strangersGetNothing() {
        String pem = "/console/connections/" + id + "/certificate.pem?kid=" + id;
        bridge.signingCertificate(id);

        ConsolePage page = new ConsoleBrowser(bridge.url()).page(pem);

        assertThat(page.html()).doesNotContain("BEGIN CERTIFICATE");
        assertThat(page.path()).contains("/console/sign-in");
        ConsolePage forged = browser.send(
                HttpRequest.newBuilder(browser.address("/console/connections/" + id + "/signing-keys/generate"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("key-name=forged")));
        assertThat(forged.status()).isEqualTo(403);
        assertThat(panel(page()).text()).doesNotContain("forged");
    }

    @Test
    void virtualProxyOfASiteIsToldItsOwnFields() {
        String site = Product.name("plant");
        bridge.put(
                        "/api/v1/connections/" + site,
                        Map.of(
                                "type", "qlik-sense",
                                "host", "https://127.0.0.1",
                                "signIn", "jwt",
                                "virtualProxy", "bridge",
                                "userDirectory", "LAB"))
                .expect(201);
        bridge.signingCertificate(site);

        ConsolePage page = browser.page("/console/connections/" + site).expect(200);

        assertThat(page.document().select("#certificate .copy:not(.block) code").eachText())
                .containsExactly(
                        "Bridge, " + site, "bridge", "X-Qlik-Session-bridge", "userId", "userDirectory", "127.0.0.1");
        assertThat(page.document().select("#tenant-setup")).isEmpty();
    }

    @Test
    void connectionThatSignsNothingHasNoPanelsForKeys() {
        String site = Product.name("plant");
        bridge.put(
                        "/api/v1/connections/" + site,
                        Map.of(
                                "type", "qlik-sense",
                                "host", "https://127.0.0.1",
                                "signIn", "certificates",
                                "userDirectory", "LAB"))
                .expect(201);

        ConsolePage page = browser.page("/console/connections/" + site).expect(200);

        assertThat(page.document().select("h2").eachText()).doesNotContain("Signing keys", "Set up the tenant");
    }

    private ConsolePage page() {
        return browser.page("/console/connections/" + id);
    }

    private ConsolePage upload(Map<String, String> fields, String file) {
        return browser.submit(page(), "Upload key", fields, Map.of("key-file", file.getBytes(StandardCharsets.UTF_8)));
    }

    private static Element panel(ConsolePage page) {
        return page.document().getElementById("signing-keys");
    }

    private static Element row(ConsolePage page, String kid) {
        return page.document().getElementById("key-" + kid).closest("tr");
    }

    private static Element task(ConsolePage page, String label) {
        return page.document().select("ol.checklist li").stream()
                .filter(line -> line.select("a").text().equals(label))
                .findFirst()
                .orElseThrow();
    }

    private static String key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'})
                            .encodeToString(
                                    generator.generateKeyPair().getPrivate().getEncoded())
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
