package io.qlikbridge.sitecertificateadmin;

import static io.qlikbridge.sitefile.SiteFixture.der;
import static io.qlikbridge.sitefile.SiteFixture.pem;
import static io.qlikbridge.sitefile.SiteFixture.pfx;
import static io.qlikbridge.sitefile.SiteFixture.pkcs8;
import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.LogLines;
import io.qlikbridge.Product;
import io.qlikbridge.sitefile.SiteFixture;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class SiteCertificateHttpTests {

    private static final SiteFixture SITE = SiteFixture.site();
    private static final byte[] PFX = pfx("the-passphrase", SITE.clientKey(), SITE.client(), SITE.root());

    private static final Product bridge = Product.shared();

    private final String connection = site("certificates");

    @Test
    void putKeepsThemAndGetShowsThem() {
        JsonNode put = put(form().file("pfx", PFX)
                        .file("root", der(SITE.root()))
                        .text("passphrase", "the-passphrase"))
                .expect(200)
                .json();
        assertThat(put.path("client").path("subject").asString()).isEqualTo("CN=QlikClient");
        assertThat(put.path("client").path("issuer").asString()).isEqualTo("CN=SENSE.lab.example-CA");
        assertThat(put.path("client").path("notAfter").asString()).isEqualTo(SiteFixture.END.toString());
        assertThat(put.path("root").path("subject").asString()).isEqualTo("CN=SENSE.lab.example-CA");
        assertThat(put.path("root").path("thumbprint").asString()).matches("[0-9a-f]{64}");
        assertThat(bridge.get(address()).expect(200).json()).isEqualTo(put);
    }

    @Test
    void fieldsMayComeAsTexts() {
        put(form().text("client", new String(pem(SITE.client()), StandardCharsets.US_ASCII))
                        .text("clientKey", new String(pkcs8(SITE.clientKey()), StandardCharsets.US_ASCII))
                        .text("root", new String(pem(SITE.root()), StandardCharsets.US_ASCII)))
                .expect(200);
    }

    @Test
    void fieldForWhichNoFileWasChosenCountsAsNothing() {
        put(form().part("pfx", "", new byte[0])
                        .file("client", pem(SITE.client()))
                        .file("clientKey", pkcs8(SITE.clientKey()))
                        .file("root", pem(SITE.root()))
                        .text("passphrase", ""))
                .expect(200);
        put(form().file("pfx", new byte[0]).file("root", pem(SITE.root())))
                .expectProblem(422, "certificate-unreadable");
    }

    @Test
    void rootAloneIsEnoughWhereTheConnectionNeedsNoClient() {
        Form rootAlone = form().file("root", der(SITE.root()));
        assertThat(violations(put(rootAlone))).singleElement().asString().startsWith("#/pfx: is required, or client");

        JsonNode kept = put(site("jwt"), rootAlone).expect(200).json();
        assertThat(kept.path("client").isNull()).isTrue();
    }

    @Test
    void secondPutTakesThePlaceOfTheFirst() {
        put(signingIn()).expect(200);
        String first = row("id");
        JsonNode second = put(signingIn()).expect(200).json();
        assertThat(row("id")).isNotEqualTo(first);
        assertThat(bridge.get(address()).json()).isEqualTo(second);
    }

    @Test
    void whatIsNoGoodFormIsRefused() {
        assertThat(violations(put(form().text("passphrase", "alone"))))
                .anyMatch(violation -> violation.startsWith("#/root: is required"))
                .anyMatch(violation -> violation.startsWith("#/pfx: is required"));
        assertThat(violations(
                        put(signingIn().file("client", pem(SITE.client())).file("clientKey", pkcs8(SITE.clientKey())))))
                .containsExactly(
                        "#/client: does not go with pfx, which holds certificate and key",
                        "#/clientKey: does not go with pfx, which holds certificate and key");
        assertThat(violations(put(signingIn().file("certificate", pem(SITE.client())))))
                .singleElement()
                .asString()
                .startsWith("#/certificate: is not known here");
        assertThat(violations(put(signingIn().file("root", pem(SITE.root())))))
                .containsExactly("#/root: is there twice");
        put(signingIn().file("client", new byte[70_000])).expectProblem(413, "content-too-large");
        bridge.put(address(), Map.of("root", "…")).expectProblem(415, "unsupported-media-type");
    }

    @Test
    void unusableCertificateIsRefusedAndNothingIsKept() {
        put(form().file("pfx", PFX).file("root", pem(SITE.root())).text("passphrase", "another"))
                .expectProblem(422, "certificate-unreadable");
        bridge.get(address()).expectProblem(409, "certificates-missing");
    }

    @Test
    void deleteTakesThemAway() {
        put(signingIn()).expect(200);
        bridge.delete(address()).expect(204);
        bridge.get(address()).expectProblem(409, "certificates-missing");
        bridge.delete(address()).expectProblem(409, "certificates-missing");
    }

    @Test
    void connectionOfAnotherKindHasNone() {
        String cloud = cloud();
        String detail = put(cloud, signingIn()).expectProblem(404, "not-found").detail();
        assertThat(detail).contains("type qlik-cloud, which has no certificates");
        bridge.get(address(cloud)).expectProblem(404, "not-found");
        bridge.delete(address(cloud)).expectProblem(404, "not-found");
        bridge.get(address("nowhere")).expectProblem(404, "connection-not-found");
    }

    @Test
    void callersWithoutTheAdminScopeAreRefused() {
        String caller = bridge.client(new String[] {"bridge.apps"}, "*");
        bridge.send("GET", address(), null, caller).expectProblem(403, "forbidden");
        bridge.send("GET", address(), null, null).expectProblem(401, "unauthenticated");
    }

    @Test
    void auditTellsOfThem() {
        JsonNode kept = put(signingIn()).expect(200).json();
        bridge.delete(address()).expect(204);

        JsonNode rows = bridge.get("/api/v1/audit?connection=" + connection)
                .expect(200)
                .json()
                .path("items");
        List<String> actions =
                rows.valueStream().map(row -> row.path("action").asString()).toList();
        assertThat(actions).contains("certificates.put", "certificates.delete");
        JsonNode details = rows.valueStream()
                .filter(row -> row.path("action").asString().equals("certificates.put"))
                .findFirst()
                .orElseThrow()
                .path("details");
        assertThat(details.path("client")).isEqualTo(kept.path("client").path("thumbprint"));
        assertThat(details.path("root")).isEqualTo(kept.path("root").path("thumbprint"));
    }

    @Test
    void nothingSecretIsLoggedOrStored(LogLines log) {
        put(form().file("client", pem(SITE.client()))
                        .file("clientKey", pkcs8(SITE.clientKey(), "the-passphrase-of-the-key"))
                        .file("root", pem(SITE.root()))
                        .text("passphrase", "the-passphrase-of-the-key"))
                .expect(200);
        put(form().file("pfx", PFX).file("root", pem(SITE.root())).text("passphrase", "the-wrong-passphrase"))
                .expect(422);
        bridge.exchange(bridge.request(address() + "?passphrase=in-the-address", bridge.adminToken())
                        .header("Content-Type", "multipart/form-data; boundary=b")
                        .PUT(HttpRequest.BodyPublishers.ofString("--b--\r\n")))
                .expectProblem(400, "invalid-request");

        String stored = bridge.bean(JdbcClient.class)
                .sql("select s::text || encode(ciphertext, 'base64') from site_certificate s where connection_id = ?")
                .param(connection)
                .query(String.class)
                .single();
        List<String> key = new String(pkcs8(SITE.clientKey()), StandardCharsets.US_ASCII)
                .lines()
                .filter(line -> line.length() == 64)
                .toList();
        assertThat(log.all() + stored)
                .contains("Certificates of connection " + connection + " put")
                .doesNotContain(key)
                .doesNotContain("the-passphrase-of-the-key", "the-wrong-passphrase");
    }

    private static String site(String signIn) {
        String name = Product.name("site");
        bridge.put(
                        "/api/v1/connections/" + name,
                        Map.of(
                                "type",
                                "qlik-sense",
                                "host",
                                "https://localhost",
                                "signIn",
                                signIn,
                                "userDirectory",
                                "LAB"))
                .expect(201);
        return name;
    }

    private static String cloud() {
        String name = Product.name("cloud");
        bridge.put(
                        "/api/v1/connections/" + name,
                        Map.of(
                                "type",
                                "qlik-cloud",
                                "host",
                                "https://tenant.eu.qlikcloud.com",
                                "issuer",
                                Product.ISSUER,
                                "apiKeyExpiry",
                                "PT24H"))
                .expect(201);
        return name;
    }

    private static String address(String name) {
        return "/api/v1/connections/" + name + "/certificates";
    }

    private String address() {
        return address(connection);
    }

    private String row(String column) {
        return bridge.bean(JdbcClient.class)
                .sql("select " + column + "::text from site_certificate where connection_id = ?")
                .param(connection)
                .query(String.class)
                .single();
    }

    private static Form signingIn() {
        return form().file("pfx", PFX).file("root", der(SITE.root())).text("passphrase", "the-passphrase");
    }

    private Product.Answer put(Form form) {
        return put(connection, form);
    }

    private static Product.Answer put(String name, Form form) {
        return bridge.exchange(bridge.request(address(name), bridge.adminToken())
                .header("Content-Type", "multipart/form-data; boundary=" + Form.BOUNDARY)
                .PUT(HttpRequest.BodyPublishers.ofByteArray(form.body())));
    }

    private static List<String> violations(Product.Answer answer) {
        return answer.expectProblem(400, "invalid-request")
                .json()
                .path("errors")
                .valueStream()
                .map(error -> error.path("pointer").asString() + ": "
                        + error.path("detail").asString())
                .toList();
    }

    private static Form form() {
        return new Form();
    }

    /** A body of multipart/form-data. */
    private static final class Form {

        private static final String BOUNDARY = "the-boundary-of-the-tests";

        private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

        Form file(String field, byte[] content) {
            return part(field, field + ".bin", content);
        }

        Form text(String field, String content) {
            return part(field, null, content.getBytes(StandardCharsets.UTF_8));
        }

        Form part(String field, String file, byte[] content) {
            String name = file == null ? "" : "; filename=\"" + file + "\"";
            String type = file == null ? "" : "\r\nContent-Type: application/octet-stream";
            write("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + field + "\"" + name + type
                    + "\r\n\r\n");
            parts.writeBytes(content);
            write("\r\n");
            return this;
        }

        byte[] body() {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            whole.writeBytes(parts.toByteArray());
            whole.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
            return whole.toByteArray();
        }

        private void write(String text) {
            parts.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
