package io.qlikbridge;

import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.qlikbridge.Product.Answer;
import io.qlikbridge.console.ConsoleBrowser;
import io.qlikbridge.issuer.TestIssuer;
import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.Call;
import io.qlikbridge.simulator.Faults;
import io.qlikbridge.simulator.OAuthClient;
import io.qlikbridge.simulator.SimulatedTenant;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whoever reads what the bridge writes is shown no credential: an operator who looks for a fault with every logger on, whoever
 * receives spans and metrics, an auditor, and who has a dump of the database.
 */
@Isolated("changes what this JVM logs")
class SecretsTests {

    private static final String ADMIN_SECRET = "the-admin-secret-that-nobody-writes";
    private static final String PASSPHRASE = "the-passphrase-that-nobody-writes";
    private static final String WRONG_SECRET = "the-wrong-secret-that-nobody-writes";
    private static final String CONSOLE_SECRET = "the-secret-of-the-console-that-nobody-writes";
    private static final String SUBJECT = "hr|4711";

    private static final Pattern START_OF_ENTRY = Pattern.compile("20\\S+( +[A-Z]+) [^\\n]*?\\]( \\S+) +: ");

    private final PrintStream console = System.out;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final KnownSecrets secrets = new KnownSecrets();

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
    void nothingWrittenWhenEveryLoggerIsOnShowsACredential() throws Exception {
        secrets.add("admin secret", ADMIN_SECRET);
        secrets.add("HTTP Basic", basic("admin", ADMIN_SECRET));
        secrets.add("vault key", TestVaultKeys.K1.substring("k1:".length()));
        Set<String> leaks = new TreeSet<>();
        TestIssuer portal = new TestIssuer();
        try (SpanCollector collector = SpanCollector.start();
                SimulatedTenant tenant = SimulatedTenant.start();
                Product bridge = Product.start(TestDatabase.fresh(), settings(collector, portal))) {
            secrets.add("admin's access token", bridge.adminToken());
            goTheWholeWay(bridge, tenant, portal);
            new SiteSecrets(bridge, secrets).use();
            noteWhatReached(tenant);
            String audit = audit(bridge);
            String metrics = Scraped.of(bridge).text();
            String dump = dump(bridge);
            collector.await("POST /api/v1/leases/revoke");

            assertThat(audit).contains("lease.issue", "client.create");
            assertThat(metrics).contains("bridge_tenant_calls_seconds_count");
            assertThat(dump).contains(SUBJECT, "ciphertext");
            assertThat(collector.bytes()).contains("jwt-session", "api-keys", "pass-through");
            leaks.addAll(secrets.in(audit, at -> "in the audit"));
            leaks.addAll(secrets.in(metrics, at -> "in a metric"));
            leaks.addAll(secrets.in(dump, at -> "in the database near " + dump.substring(Math.max(0, at - 60), at)));
            leaks.addAll(secrets.in(collector.bytes(), at -> "in a span"));
            noteHashes(bridge);
        } finally {
            portal.stop();
        }

        String text = log.toString(StandardCharsets.UTF_8);
        assertThat(log.size()).as("what was logged").isGreaterThan(1_000_000);
        assertThat(text).contains("TRACE").contains("/login/jwt-session");
        leaks.addAll(secrets.in(text, at -> "in the log by " + origin(text, at)));
        assertThat(leaks).isEmpty();
    }

    private static Map<String, Object> settings(SpanCollector collector, TestIssuer portal) {
        Map<String, Object> settings = new HashMap<>(collector.settings());
        settings.put("logging.level.root", "TRACE");
        settings.put("bridge.access.admin-secret", ADMIN_SECRET);
        settings.put("bridge.access.issuers[0].issuer-uri", portal.uri());
        settings.put("bridge.access.issuers[0].audience", TestIssuer.AUDIENCE);
        settings.put("bridge.access.issuers[0].admin-role", "bridge-admin");
        settings.put("bridge.access.issuers[0].console-client-id", "bridge-console");
        settings.put("bridge.access.issuers[0].console-client-secret", CONSOLE_SECRET);
        settings.put("bridge.console.secret-sign-in", "true");
        return settings;
    }

    private void goTheWholeWay(Product bridge, SimulatedTenant tenant, TestIssuer portal) throws Exception {
        tenant.apps(SUBJECT, App.of("Sales report"));
        String main = bridge.connectTo(tenant);
        String keys = "/api/v1/connections/" + main + "/signing-keys";
        upload(bridge, keys);
        bridge.post(keys, Map.of("kid", "made", "generate", Map.of("bits", 2048)))
                .expect(201);
        String ada = bridge.user(main, SUBJECT);
        setUp(bridge, tenant, main, ada);
        useApps(bridge, main, ada, secrets.add("person's token", portal.token(ada)));
        useTokens(bridge, tenant, main, ada);
        useClients(bridge, main, ada, portal);
        bridge.get("/api/v1/vault").expect(200);
        bridge.exchange(bridge.request("/api/v1/users/import", bridge.adminToken())
                        .header("Content-Type", "text/csv")
                        .POST(HttpRequest.BodyPublishers.ofString("username,name\nbob,Bob\n")))
                .expect(200);
        useSessions(bridge, tenant);
        useAccessTokens(bridge, tenant);
        useConsole(bridge, portal);
        beRefused(bridge, tenant, main);
        sendMalformed(bridge);
        bridge.post("/api/v1/leases/revoke", Map.of("connection", main)).expect(200);
    }

    private static void useSessions(Product bridge, SimulatedTenant tenant) {
        String main = Kept.SESSIONS.connect(bridge, tenant);
        String ada = bridge.user(main, SUBJECT);
        bridge.apps(main, ada).expect(200);
        tenant.endSessions(SUBJECT);
        bridge.passed(main, ada, "/api/v1/items").expect(200);
        bridge.post("/api/v1/connections/" + main + "/test", Map.of("user", ada))
                .expect(200);
    }

    /** With a client's secret, and at an issuer that takes the client's secret by form, and says back what it was sent. */
    private void useConsole(Product bridge, TestIssuer portal) {
        ConsoleBrowser admin = ConsoleBrowser.signedIn(bridge.url(), "admin", ADMIN_SECRET);
        noteCookies(admin);
        assertThat(admin.signIn("admin", WRONG_SECRET).text()).contains("is wrong");
        secrets.add("console's secret at its issuer", CONSOLE_SECRET);
        secrets.add("console's HTTP Basic", basic("bridge-console", CONSOLE_SECRET));
        ConsoleBrowser ada = new ConsoleBrowser(bridge.url());
        String key = portal.uri().replaceFirst("http://", "").replaceAll("[:/]", "-");
        Map<String, String> asked = begin(ada, key);
        noteCookies(ada);
        String token = secrets.add(
                "ID token",
                portal.token(
                        "ada",
                        claims -> claims.audience("bridge-console")
                                .claim("nonce", asked.get("nonce"))
                                .claim("roles", List.of("bridge-admin"))));
        String code = secrets.add("authorization code", "the-code-that-nobody-writes");
        secrets.add("access token of the issuer", "access-of-" + code);
        portal.giveFor(code, token);
        String answer = "/console/sign-in/callback/" + key + "?code=" + code + "&state=";
        assertThat(ada.page(answer + asked.get("state")).text()).contains("Sign out");
        noteCookies(ada);
        portal.server().findAll(postRequestedFor(urlEqualTo("/realm/token"))).forEach(request -> {
            Matcher verifier = Pattern.compile("code_verifier=([^&]+)").matcher(request.getBodyAsString());
            assertThat(verifier.find()).isTrue();
            secrets.add("code verifier", verifier.group(1));
        });
        portal.server()
                .stubFor(WireMock.post("/realm/token")
                        .atPriority(1)
                        .willReturn(WireMock.jsonResponse(
                                "{\"error\": \"invalid_client\", \"error_description\": \"not good: " + code + " "
                                        + CONSOLE_SECRET + "\"}",
                                401)));
        assertThat(ada.page(answer + begin(ada, key).get("state")).path()).contains("client-refused");
    }

    /** What the issuer is asked. */
    private static Map<String, String> begin(ConsoleBrowser browser, String key) {
        Map<String, String> asked = new HashMap<>();
        for (String parameter : browser.page("/console/sign-in/start/" + key)
                .address()
                .getRawQuery()
                .split("&")) {
            asked.put(
                    parameter.substring(0, parameter.indexOf('=')),
                    URLDecoder.decode(parameter.substring(parameter.indexOf('=') + 1), StandardCharsets.UTF_8));
        }
        return asked;
    }

    private void noteCookies(ConsoleBrowser browser) {
        browser.cookies().getCookieStore().getCookies().stream()
                .filter(cookie -> !cookie.getName().endsWith("csrf"))
                .forEach(cookie -> secrets.add("cookie " + cookie.getName(), cookie.getValue()));
    }

    private void useAccessTokens(Product bridge, SimulatedTenant tenant) {
        String main = Kept.ACCESS_TOKENS.connect(bridge, tenant);
        String client = "/api/v1/connections/" + main + "/oauth-client";
        String ada = bridge.user(main, SUBJECT);
        secrets.add("OAuth client's secret", Kept.SECRET);
        bridge.token(main, ada).expect(200);
        bridge.get(client).expect(200);
        bridge.post("/api/v1/leases/revoke", Map.of("connection", main)).expect(200);
        bridge.put(client, Map.of("clientId", main, "clientSecret", WRONG_SECRET))
                .expect(204);
        bridge.apps(main, ada).expect(502);
        bridge.put(client, Map.of("clientId", main, "secret", WRONG_SECRET)).expect(400);
        tenant.oauth().client(OAuthClient.impersonating(main, Kept.SECRET).withKey(bridge.signingCertificate(main)));
        bridge.put(client, Map.of("clientId", main)).expect(204);
        bridge.apps(main, ada).expect(200);
        tenant.oauth().tokens().forEach(token -> secrets.add("access token of a user", token.token()));
    }

    /** By an administrator who is let in, and by ones who are not, to whom the tenant says back what it was sent. */
    private void setUp(Product bridge, SimulatedTenant tenant, String main, String ada) {
        String setup = "/api/v1/connections/" + main + "/setup";
        String secret = secrets.add("secret of the tenant's OAuth client", "the-client-secret-that-nobody-writes");
        tenant.oauth().client(OAuthClient.administrator("administrator", secret));
        assertSetUp(bridge, setup, Map.of("clientId", "administrator", "clientSecret", secret), ada, true);
        tenant.oauth().tokens().forEach(token -> secrets.add("administrator's access token", token.token()));
        String key = secrets.add("administrator's API key", tenant.adminApiKey());
        assertSetUp(bridge, setup, Map.of("apiKey", key), ada, true);
        tenant.before(request ->
                Optional.of(Faults.error(401, "X-1", request.getHeader("Authorization") + request.getBodyAsString())));
        assertSetUp(bridge, setup, Map.of("apiKey", key), ada, false);
        assertSetUp(bridge, setup, Map.of("clientId", "administrator", "clientSecret", secret), ada, false);
        tenant.before(request -> Optional.empty());
        Answer wrong = bridge.post(setup, Map.of("authorization", Map.of("apiKey", key + " ", "secret", secret)))
                .expectProblem(400, "invalid-request");
        assertThat(secrets.in(wrong.text(), at -> "in a problem")).isEmpty();
    }

    private void assertSetUp(
            Product bridge, String setup, Map<String, String> authorization, String user, boolean passed) {
        Answer answer = bridge.post(setup, Map.of("authorization", authorization, "user", user))
                .expect(200);
        assertThat(answer.json().path("passed").asBoolean()).as(answer.text()).isEqualTo(passed);
        assertThat(secrets.in(answer.text(), at -> "in an answer")).isEmpty();
    }

    private void useApps(Product bridge, String main, String ada, String token) {
        bridge.apps(main, ada).expect(200);
        bridge.send("GET", "/api/v1/connections/" + main + "/apps", null, token).expect(200);
        bridge.passed(main, ada, "/api/v1/items?resourceType=app").expect(200);
        bridge.post("/api/v1/connections/" + main + "/test", Map.of("user", ada))
                .expect(200);
    }

    private void useTokens(Product bridge, SimulatedTenant tenant, String main, String ada) {
        JsonNode first = bridge.token(main, ada).expect(200).json();
        secrets.add("API key", first.path("token").asString());
        bridge.bean(JdbcClient.class)
                .sql("update lease set last_used_at = issued_at, renew_at = now() - interval '1 second'")
                .update();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> tenant.keysMade(SUBJECT) == 2);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> !bridge.token(main, ada)
                        .expect(200)
                        .json()
                        .path("leaseId")
                        .equals(first.path("leaseId")));
        JsonNode renewed = bridge.token(main, ada).expect(200).json();
        secrets.add("renewed API key", renewed.path("token").asString());
        bridge.get("/api/v1/leases?connection=" + main).expect(200);
        bridge.delete("/api/v1/leases/" + renewed.path("leaseId").asString()).expect(204);
        secrets.add(
                "API key after all",
                bridge.token(main, ada).expect(200).json().path("token").asString());
    }

    private void useClients(Product bridge, String main, String ada, TestIssuer portal) {
        String job = Product.name("job");
        Answer made = bridge.post(
                        "/api/v1/clients",
                        Map.of("clientId", job, "scopes", Set.of("bridge.tokens"), "users", Set.of(ada)))
                .expect(201);
        String jobSecret =
                secrets.add("client secret", made.json().path("secret").asString());
        secrets.add("HTTP Basic", basic(job, jobSecret));
        String jobToken = secrets.add("job's access token", bridge.accessToken(job, jobSecret, null));
        bridge.send("POST", "/api/v1/connections/" + main + "/token", "{\"user\": \"" + ada + "\"}", jobToken)
                .expect(200);
        String form = "grant_type=client_credentials&client_id=" + job + "&client_secret=";
        secrets.add(
                "token by form",
                tokenByForm(bridge, form + jobSecret)
                        .expect(200)
                        .json()
                        .path("access_token")
                        .asString());
        tokenByForm(bridge, form + secrets.add("wrong client secret", WRONG_SECRET))
                .expect(401);
        exchange(bridge, form + jobSecret, main, secrets.add("subject token", portal.token(ada)))
                .expect(200);
        TestIssuer foreign = new TestIssuer();
        exchange(bridge, form + jobSecret, main, secrets.add("foreign subject token", foreign.token(ada)))
                .expect(400);
        foreign.stop();
        exchange(bridge, form + jobSecret, main, secrets.add("bad subject token", "a-bad-token-that-nobody-writes"))
                .expect(400);
        secrets.add(
                "renewed client secret",
                bridge.post("/api/v1/clients/" + job + "/secret", Map.of())
                        .expect(200)
                        .json()
                        .path("secret")
                        .asString());
    }

    private static Answer exchange(Product bridge, String form, String main, String token) {
        return tokenByForm(
                bridge,
                form.replace("client_credentials", "urn:ietf:params:oauth:grant-type:token-exchange")
                        + "&subject_token_type=urn:ietf:params:oauth:token-type:jwt&subject_token=" + token
                        + "&audience=" + main);
    }

    /** By a tenant that says back what it was sent, and as somebody with a token of nobody's. */
    private void beRefused(Product bridge, SimulatedTenant tenant, String main) {
        String bob = bridge.user(main, "hr|4712");
        tenant.before(request -> request.getUrl().startsWith("/login/jwt-session")
                ? Optional.of(Faults.error(401, "INTERNAL-TOKEN-3", "Not good: " + request.getHeader("Authorization")))
                : Optional.empty());
        bridge.apps(main, bob).expectProblem(502, "assertion-refused");
        bridge.post("/api/v1/connections/" + main + "/test", Map.of("user", bob))
                .expect(200);
        tenant.before(request -> Optional.empty());
        bridge.send("GET", "/api/v1/me", null, secrets.add("token of nobody", "a-token-of-nobody-that-nobody-writes"))
                .expect(401);
    }

    /** A hash is no secret's plain form, and has to be in the database; elsewhere it has no place. */
    private void noteHashes(Product bridge) {
        bridge.bean(JdbcClient.class)
                .sql("select client_secret from oauth2_registered_client")
                .query(String.class)
                .list()
                .forEach(hash -> secrets.add("hash of a client secret", hash));
    }

    private static String audit(Product bridge) {
        StringBuilder rows = new StringBuilder();
        String after = "";
        while (after != null) {
            JsonNode page =
                    bridge.get("/api/v1/audit?limit=200" + after).expect(200).json();
            rows.append(page.path("items"));
            after = page.path("next").isNull()
                    ? null
                    : "&after=" + Product.encoded(page.path("next").asString());
        }
        return rows.toString();
    }

    /** Every row of every table, as a dump in text has it: bytes in hexadecimal. */
    private static String dump(Product bridge) {
        JdbcClient database = bridge.bean(JdbcClient.class);
        StringBuilder dump = new StringBuilder();
        for (String table : database.sql("select tablename from pg_tables where schemaname = 'public'")
                .query(String.class)
                .list()) {
            database.sql("select row_to_json(t)::text from \"" + table + "\" t")
                    .query(String.class)
                    .list()
                    .forEach(row -> dump.append(row).append('\n'));
        }
        return dump.toString();
    }

    /** What the servlet container refuses before anybody else sees it. */
    private void sendMalformed(Product bridge) throws IOException {
        String undecodable = secrets.add("undecodable client secret", "an-undecodable-secret-");
        tokenByForm(bridge, "grant_type=client_credentials&client_id=a&client_secret=" + undecodable + "%zz")
                .expect(400);
        String misplaced = secrets.add("token in a malformed header", "a-token-in-a-malformed-header");
        new TestHttp(URI.create(bridge.url()).getPort())
                .raw("GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nAuthorization : Bearer " + misplaced + "\r\n\r\n");
    }

    private void upload(Product bridge, String keys) throws Exception {
        byte[] key = privateKey();
        String pem = pem("PRIVATE KEY", key);
        secrets.addLines("private key", pem);
        String encrypted = pem("ENCRYPTED PRIVATE KEY", encrypted(key));
        secrets.addLines("encrypted private key", encrypted);
        secrets.add("passphrase", PASSPHRASE);
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
                    .ifPresent(value -> secrets.add("authorization at " + call.path(), value.replace("Bearer ", "")));
            if (call.body().contains("client_assertion\"")) {
                secrets.add(
                        "client assertion",
                        JsonMapper.shared()
                                .readTree(call.body())
                                .path("client_assertion")
                                .asString());
            }
            call.header("qlik-csrf-token").ifPresent(value -> secrets.add("CSRF token", value));
            call.header("Cookie").ifPresent(cookies -> {
                for (String cookie : cookies.split(";")) {
                    String[] pair = cookie.strip().split("=", 2);
                    secrets.add("cookie " + pair[0], pair[1]);
                }
            });
        }
        assertThat(secrets.kinds())
                .contains("authorization at /login/jwt-session", "cookie eas.sid", "CSRF token", "client assertion");
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
