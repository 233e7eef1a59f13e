package io.qlikbridge.sitesimulator;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls a site over HTTPS, trusting one root alone, with a client certificate or without. */
final class SiteClient {

    static final String KEY = "0123456789abcdef";

    private final HttpClient http;

    private SiteClient(@Nullable SiteExport client, byte[] root) {
        this.http = HttpClient.newBuilder()
                .sslContext(context(client, root))
                .connectTimeout(Duration.ofMinutes(1))
                .build();
    }

    /** With what was exported in the form {@link SiteExport.Form#WINDOWS}, without a password. */
    static SiteClient with(SiteExport export) {
        return new SiteClient(export, export.file("root.cer"));
    }

    static SiteClient of(SimulatedSite site) {
        return with(site.export(SiteExport.Form.WINDOWS));
    }

    static SiteClient withoutCertificate(SimulatedSite site) {
        return trusting(site.export(SiteExport.Form.WINDOWS).file("root.cer"));
    }

    /** @param root DER or PEM */
    static SiteClient trusting(byte[] root) {
        return new SiteClient(null, root);
    }

    /** With the client's certificate of one site, and trust in another. */
    static SiteClient with(SiteExport export, byte[] root) {
        return new SiteClient(export, root);
    }

    /** From the repository, as that user, with a good pair of keys. */
    Reply asked(SimulatedSite site, String path, String user) {
        return get(
                repository(site, path),
                "X-Qlik-Xrfkey",
                KEY,
                "X-Qlik-User",
                "UserDirectory=" + SiteUser.of(user).directory() + "; UserId="
                        + SiteUser.of(user).id());
    }

    HttpClient http() {
        return http;
    }

    static String repository(SimulatedSite site, String path) {
        return "https://localhost:" + site.repositoryPort() + withKey(path);
    }

    static String proxyService(SimulatedSite site, String path) {
        return "https://localhost:" + site.proxyServicePort() + withKey(path);
    }

    static String withKey(String path) {
        return path + (path.contains("?") ? "&" : "?") + "xrfkey=" + KEY;
    }

    Reply get(String url, String... headers) {
        return send("GET", url, headers);
    }

    Reply send(String method, String url, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofMinutes(1))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return new Reply(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopping) {
            throw new IllegalStateException(stopping);
        }
    }

    private static SSLContext context(@Nullable SiteExport client, byte[] root) {
        try {
            KeyStore roots = KeyStore.getInstance("PKCS12");
            roots.load(null, null);
            roots.setCertificateEntry(
                    "root",
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(root)));
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(roots);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(client == null ? new KeyManager[0] : keys(client), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static KeyManager[] keys(SiteExport client) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(client.file("client.pfx")), new char[0]);
        KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(store, new char[0]);
        return keys.getKeyManagers();
    }

    /** What a site answered. */
    record Reply(HttpResponse<String> http) {

        int status() {
            return http.statusCode();
        }

        String body() {
            return http.body();
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(http.body());
        }

        String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }

        /** The cookie it sets, as it is sent back; empty when it sets none. */
        String cookie() {
            return header("Set-Cookie").replaceFirst(";.*", "");
        }

        List<String> names() {
            return json().valueStream().map(one -> one.path("name").asString()).toList();
        }
    }
}
