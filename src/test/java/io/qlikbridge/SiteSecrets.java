package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.sitesimulator.SimulatedSite;
import io.qlikbridge.sitesimulator.SiteApp;
import io.qlikbridge.sitesimulator.SiteCall;
import io.qlikbridge.sitesimulator.SiteExport;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Goes the whole way to a client-managed site, by certificates and by JWT, and notes what nobody is to be shown. */
final class SiteSecrets {

    private static final String PASSWORD = "the-password-of-the-export-that-nobody-writes";

    private final Product bridge;
    private final KnownSecrets secrets;

    SiteSecrets(Product bridge, KnownSecrets secrets) {
        this.bridge = bridge;
        this.secrets = secrets;
    }

    void use() {
        secrets.add("password of an export", PASSWORD);
        try (SimulatedSite site = SimulatedSite.start()) {
            String ada = TestSites.user(bridge, "ada");
            site.apps("LAB\\" + ada, SiteApp.of("Sales"));
            upload(site, TestSites.withCertificates(bridge, site));
            useApps(TestSites.withCertificates(bridge, site), ada);
            String jwt = TestSites.withJwt(bridge, site);
            useApps(jwt, ada);
            secrets.add(
                    "token for a virtual proxy",
                    bridge.token(jwt, ada).expect(200).json().path("token").asString());
            site.endSessions("LAB\\" + ada);
            useApps(jwt, ada);
            site.disableUser("LAB\\" + ada);
            bridge.post("/api/v1/leases/revoke", Map.of("connection", jwt)).expect(200);
            bridge.apps(jwt, ada);
            noteWhatReached(site);
        }
    }

    private void upload(SimulatedSite site, String connection) {
        for (SiteExport.Form form : SiteExport.Form.values()) {
            SiteExport export = site.export(form, PASSWORD);
            boolean windows = export.files().containsKey("client.pfx");
            if (!windows) {
                secrets.addLines("key of a client certificate", export.text("client_key.pem"));
            }
            Map<String, byte[]> files = windows
                    ? Map.of("pfx", export.file("client.pfx"), "root", export.file("root.cer"))
                    : Map.of(
                            "client", export.file("client.pem"),
                            "clientKey", export.file("client_key.pem"),
                            "root", export.file("root.pem"));
            upload(connection, files, PASSWORD).expect(200);
            upload(connection, files, secrets.add("wrong password", PASSWORD + "-not"));
        }
    }

    private Product.Answer upload(String connection, Map<String, byte[]> files, String password) {
        Map<String, byte[]> parts = new HashMap<>(files);
        parts.put("passphrase", password.getBytes(StandardCharsets.UTF_8));
        return TestSites.upload(bridge, connection, parts);
    }

    private void useApps(String connection, String user) {
        bridge.apps(connection, user).expect(200);
        bridge.passed(connection, user, "/qrs/app").expect(200);
        bridge.post("/api/v1/connections/" + connection + "/test", Map.of("user", user))
                .expect(200);
    }

    /** Assertions, cookies and tokens against forged requests, as they were sent. */
    private void noteWhatReached(SimulatedSite site) {
        for (SiteCall call : site.calls()) {
            call.bearerToken().ifPresent(token -> secrets.add("token at a site", token));
            call.header("qlik-csrf-token").ifPresent(token -> secrets.add("token against forged requests", token));
            call.cookies().forEach((name, value) -> secrets.add("cookie of a site", value));
        }
        assertThat(secrets.kinds())
                .contains("token at a site", "cookie of a site", "key of a client certificate", "wrong password");
    }
}
