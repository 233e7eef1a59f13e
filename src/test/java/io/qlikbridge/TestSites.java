package io.qlikbridge;

import io.qlikbridge.sitesimulator.SimulatedSite;
import io.qlikbridge.sitesimulator.SiteExport;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Connects a bridge to simulated sites, as their admins would. */
public final class TestSites {

    public static final String DIRECTORY = "LAB";

    private static final String BOUNDARY = "a-boundary-of-the-tests";

    private TestSites() {}

    /** A connection that signs in with the site's certificates. */
    public static String withCertificates(Product bridge, SimulatedSite site) {
        return withCertificates(bridge, site, Map.of());
    }

    /** @param settings more of the connection's, or others */
    public static String withCertificates(Product bridge, SimulatedSite site, Map<String, Object> settings) {
        String connection = Product.name("site");
        Map<String, Object> body = new HashMap<>(Map.of(
                "type",
                "qlik-sense",
                "host",
                site.host(),
                "signIn",
                "certificates",
                "userDirectory",
                DIRECTORY,
                "repositoryPort",
                site.repositoryPort(),
                "proxyPort",
                site.proxyServicePort()));
        body.putAll(settings);
        bridge.put("/api/v1/connections/" + connection, body).expect(201);
        uploadExport(bridge, site, connection).expect(200);
        return connection;
    }

    /** Uploads the present certificates of a site, as Windows has them. */
    public static Product.Answer uploadExport(Product bridge, SimulatedSite site, String connection) {
        SiteExport export = site.export(SiteExport.Form.WINDOWS, "a password");
        return upload(
                bridge,
                connection,
                Map.of(
                        "pfx", export.file("client.pfx"),
                        "root", export.file("root.cer"),
                        "passphrase", "a password".getBytes(StandardCharsets.UTF_8)));
    }

    /** A user of the bridge whose name is its user id at sites. */
    public static String user(Product bridge, String kind) {
        String username = Product.name(kind);
        bridge.post("/api/v1/users", Map.of("username", username)).expect(201);
        return username;
    }

    /** A connection that signs in with JWTs through the virtual proxy {@code bridge}, which has the certificate of its key. */
    public static String withJwt(Product bridge, SimulatedSite site) {
        return withJwt(bridge, site, Map.of());
    }

    /** @param settings more of the connection's, or others */
    public static String withJwt(Product bridge, SimulatedSite site, Map<String, Object> settings) {
        String connection = Product.name("site");
        Map<String, Object> body = new HashMap<>(Map.of(
                "type", "qlik-sense",
                "host", site.host(),
                "signIn", "jwt",
                "virtualProxy", "bridge",
                "userDirectory", DIRECTORY));
        body.putAll(settings);
        bridge.put("/api/v1/connections/" + connection, body).expect(201);
        SiteExport export = site.export(SiteExport.Form.WINDOWS, null);
        upload(bridge, connection, Map.of("root", export.file("root.cer"))).expect(200);
        site.virtualProxy(String.valueOf(body.get("virtualProxy"))).certificate(bridge.signingCertificate(connection));
        return connection;
    }

    /** Uploads files of a site. */
    public static Product.Answer upload(Product bridge, String connection, Map<String, byte[]> parts) {
        HttpRequest.Builder request = bridge.request(
                        "/api/v1/connections/" + connection + "/certificates", bridge.adminToken())
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .PUT(HttpRequest.BodyPublishers.ofByteArray(multipart(parts)));
        return bridge.exchange(request);
    }

    private static byte[] multipart(Map<String, byte[]> parts) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        new LinkedHashMap<>(parts).forEach((name, content) -> {
            String file = name.equals("passphrase") ? "" : "; filename=\"" + name + "\"";
            body.writeBytes(
                    ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"" + file + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            body.writeBytes(content);
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        });
        body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return body.toByteArray();
    }
}
