package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product.Answer;
import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.Call;
import io.qlikbridge.simulator.SimulatedTenant;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An operator who looks for a fault with every logger on is shown no credential. */
class SecretsInLogsTests {

    private static final String ADMIN_SECRET = "the-admin-secret-that-nobody-logs";
    private static final String PASSPHRASE = "the-passphrase-that-nobody-logs";
    private static final String WRONG_SECRET = "the-wrong-secret-that-nobody-logs";

    private static final Pattern START_OF_ENTRY = Pattern.compile("20\\S+( +[A-Z]+) [^\\n]*?\\]( \\S+) +: ");

    private final PrintStream console = System.out;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final Map<String, String> secrets = new LinkedHashMap<>();

    /** The console appender writes to whatever is the standard output; all of it would bury everything else. */
    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stopListening() {
        LoggingSystem.get(getClass().getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
        System.setOut(console);
    }

    @Test
    void logWhenEveryLoggerIsOnShowsNoCredential() throws Exception {
        secrets.put("admin secret", ADMIN_SECRET);
        secret("HTTP Basic", basic("admin", ADMIN_SECRET));
        secrets.put("vault key", TestVaultKeys.K1.substring("k1:".length()));
        Map<String, Object> settings =
                new HashMap<>(Map.of("logging.level.root", "TRACE", "bridge.access.admin-secret", ADMIN_SECRET));
        try (SimulatedTenant tenant = SimulatedTenant.start();
                Product bridge = Product.start(TestDatabase.fresh(), settings)) {
            secret("admin's access token", bridge.adminToken());
            goTheWholeWay(bridge, tenant);
            noteWhatReached(tenant);
        }

        assertThat(log.size()).as("what was logged").isGreaterThan(1_000_000);
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("TRACE").contains("/login/jwt-session");
        assertThat(leaks()).isEmpty();
    }

    private void goTheWholeWay(Product bridge, SimulatedTenant tenant) throws Exception {
        tenant.apps("hr|4711", App.of("Sales report"));
        String main = bridge.connectTo(tenant);
        upload(bridge, "/api/v1/connections/" + main + "/signing-keys");
        String ada = bridge.user(main, "hr|4711");
        bridge.apps(main, ada).expect(200);
        bridge.passed(main, ada, "/api/v1/items?resourceType=app").expect(200);
        bridge.post("/api/v1/connections/" + main + "/test", Map.of("user", ada))
                .expect(200);
        secret(
                "API key",
                bridge.token(main, ada).expect(200).json().path("token").asString());

        String job = Product.name("job");
        Answer made = bridge.post(
                        "/api/v1/clients",
                        Map.of("clientId", job, "scopes", Set.of("bridge.tokens"), "users", Set.of(ada)))
                .expect(201);
        String jobSecret = secret("client secret", made.json().path("secret").asString());
        secret("HTTP Basic", basic(job, jobSecret));
        String jobToken = secret("job's access token", bridge.accessToken(job, jobSecret, null));
        bridge.send("POST", "/api/v1/connections/" + main + "/token", "{\"user\": \"" + ada + "\"}", jobToken)
                .expect(200);
        String form = "grant_type=client_credentials&client_id=" + job + "&client_secret=";
        secret(
                "token by form",
                tokenByForm(bridge, form + jobSecret)
                        .expect(200)
                        .json()
                        .path("access_token")
                        .asString());
        tokenByForm(bridge, form + secret("wrong client secret", WRONG_SECRET)).expect(401);
        String renewed = bridge.post("/api/v1/clients/" + job + "/secret", Map.of())
                .expect(200)
                .json()
                .path("secret")
                .asString();
        secret("renewed client secret", renewed);
        bridge.get("/api/v1/leases?connection=" + main).expect(200);
        bridge.bean(JdbcClient.class)
                .sql("select client_secret from oauth2_registered_client")
                .query(String.class)
                .list()
                .forEach(hash -> secret("hash of a client secret", hash));
        sendMalformed(bridge);
    }

    /** What the servlet container refuses before anybody else sees it. */
    private void sendMalformed(Product bridge) throws IOException {
        String undecodable = secret("undecodable client secret", "an-undecodable-secret-");
        tokenByForm(bridge, "grant_type=client_credentials&client_id=a&client_secret=" + undecodable + "%zz")
                .expect(400);
        String misplaced = secret("token in a malformed header", "a-token-in-a-malformed-header");
        new TestHttp(URI.create(bridge.url()).getPort())
                .raw("GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nAuthorization : Bearer " + misplaced + "\r\n\r\n");
    }

    private void upload(Product bridge, String keys) throws Exception {
        byte[] key = privateKey();
        String pem = pem("PRIVATE KEY", key);
        lines("private key", pem);
        String encrypted = pem("ENCRYPTED PRIVATE KEY", encrypted(key));
        lines("encrypted private key", encrypted);
        secrets.put("passphrase", PASSPHRASE);
        bridge.exchange(bridge.request(keys + "?kid=by-pem", bridge.adminToken())
                        .header("Content-Type", "application/x-pem-file")
                        .POST(HttpRequest.BodyPublishers.ofString(pem)))
                .expect(201);
        multipart(bridge, keys, part("kid", "by-form") + part("file", encrypted) + part("passphrase", PASSPHRASE))
                .expect(201);
        multipart(bridge, keys, part("file", encrypted) + part("passphrase", PASSPHRASE + " "))
                .expect(422);
    }

    private static Answer multipart(Product bridge, String keys, String parts) {
        return bridge.exchange(bridge.request(keys, bridge.adminToken())
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(HttpRequest.BodyPublishers.ofString(parts + "--x--\r\n")));
    }

    private static String part(String name, String content) {
        return "--x\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + content + "\r\n";
    }

    private static Answer tokenByForm(Product bridge, String form) {
        return bridge.exchange(bridge.request("/oauth2/token", null)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    /** Assertions, API keys, cookies and CSRF tokens as they were sent. */
    private void noteWhatReached(SimulatedTenant tenant) {
        for (Call call : tenant.calls()) {
            call.header("Authorization")
                    .ifPresent(value -> secret("authorization at " + call.path(), value.replace("Bearer ", "")));
            call.header("qlik-csrf-token").ifPresent(value -> secret("CSRF token", value));
            call.header("Cookie").ifPresent(cookies -> {
                for (String cookie : cookies.split(";")) {
                    String[] pair = cookie.strip().split("=", 2);
                    secret("cookie " + pair[0], pair[1]);
                }
            });
        }
        assertThat(secrets).containsKeys("authorization at /login/jwt-session", "cookie eas.sid", "CSRF token");
    }

    private String secret(String kind, String value) {
        assertThat(value).as(kind).hasSizeGreaterThan(15);
        secrets.merge(kind, value, (one, other) -> one + "\n" + other);
        return value;
    }

    private void lines(String kind, String pem) {
        pem.lines()
                .filter(line -> !line.startsWith("-----"))
                .filter(line -> line.length() == 64)
                .forEach(line -> secret(kind, line));
    }

    /** What leaked, and the logger that showed it. */
    private Set<String> leaks() {
        String text = log.toString(StandardCharsets.UTF_8);
        Set<String> leaks = new TreeSet<>();
        secrets.forEach((kind, values) -> values.lines().forEach(value -> {
            for (String form : new TreeSet<>(List.of(value, Product.encoded(value)))) {
                for (int at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
                    leaks.add(kind + " by " + origin(text, at));
                }
            }
        }));
        return leaks;
    }

    private static String origin(String text, int at) {
        int start = at;
        do {
            start = text.lastIndexOf('\n', start - 1);
        } while (start > 0
                && !START_OF_ENTRY.matcher(text).region(start + 1, at).lookingAt());
        Matcher entry = START_OF_ENTRY.matcher(text).region(start + 1, at);
        return entry.lookingAt() ? entry.group(1) + entry.group(2) : text.substring(start + 1, at);
    }

    private static String basic(String client, String secret) {
        return Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] privateKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        return pair.getPrivate().getEncoded();
    }

    private static byte[] encrypted(byte[] key) throws Exception {
        String scheme = "PBEWithSHA1AndDESede";
        Cipher cipher = Cipher.getInstance(scheme);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(scheme).generateSecret(new PBEKeySpec(PASSPHRASE.toCharArray())),
                new PBEParameterSpec("saltsalt".getBytes(StandardCharsets.US_ASCII), 1000));
        return new EncryptedPrivateKeyInfo(cipher.getParameters(), cipher.doFinal(key)).getEncoded();
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(content)
                + "\n-----END " + label + "-----\n";
    }
}
