package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.simulator.SimulatedTenant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole bridge, running on a port of its own here or elsewhere, and a client for it. */
public final class Product implements AutoCloseable {

    public static final String ISSUER = "https://bridge.example.org";

    public static final String ADMIN_SECRET = "the-secret-of-the-admin-of-the-tests";
    /** Its lifetime is 15 minutes, less than a slow machine takes for all tests. */
    private static final Duration TOKEN_USED = Duration.ofMinutes(8);

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(TestTls.trustingAnybody())
            .build();
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final ConfigurableApplicationContext context;
    private final String url;
    private final String adminSecret;
    private String adminToken;
    private long renewAt;

    private Product(ConfigurableApplicationContext context, String url, String adminSecret) {
        this.context = context;
        this.url = url;
        this.adminSecret = adminSecret;
        this.adminToken = freshAdminToken();
    }

    private static Product of(ConfigurableApplicationContext context) {
        Environment environment = context.getEnvironment();
        String url = (environment.containsProperty("server.ssl.certificate") ? "https" : "http") + "://127.0.0.1:"
                + environment.getProperty("local.server.port")
                + environment.getProperty("server.servlet.context-path", "");
        return new Product(context, url, environment.getProperty("bridge.access.admin-secret"));
    }

    /** One that runs in a process of its own, with the admin's secret of all tests. It is not closed with this. */
    public static Product at(int port) {
        return new Product(null, "http://127.0.0.1:" + port, ADMIN_SECRET);
    }

    private String freshAdminToken() {
        renewAt = System.nanoTime() + TOKEN_USED.toNanos();
        return accessToken("admin", adminSecret, null);
    }

    /** Unless a test waits for these to run out, so that a machine that stands still for seconds fails none. */
    private static final Map<String, Object> PATIENT = Map.of(
            "bridge.tenant.connect-timeout", "PT30S",
            "bridge.tenant.read-timeout", "PT60S",
            "spring.datasource.hikari.connection-timeout", "60000",
            // others are opened when they are needed
            "spring.datasource.hikari.minimum-idle", "1");

    private static final class Shared {

        private static final Product INSTANCE = start(TestDatabase.fresh(), Map.of());
    }

    private static final class Undisturbed {

        private static final Product INSTANCE = start(TestDatabase.fresh(), Map.of());
    }

    private static final class Replicas {

        private static final List<Product> INSTANCES = start();

        private static List<Product> start() {
            Map<String, Object> database = TestDatabase.fresh();
            return Stream.generate(() -> Product.start(database, Map.of()))
                    .limit(3)
                    .toList();
        }
    }

    /** One for all connections: making one takes longer than most tests. */
    private static final class SigningKey {

        private static final String PEM = make();

        private static String make() {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
                byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
                return "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
                        + "\n-----END PRIVATE KEY-----\n";
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    /**
     * One for all tests that need no settings of their own. Others use it at the same time: use {@link #name} to keep out of each other's
     * way, and look at nothing that belongs to all of them.
     */
    public static Product shared() {
        return Shared.INSTANCE;
    }

    /** One for {@link OneAtATime} classes, which look at all that there is or do what a bridge does in the background. */
    public static Product undisturbed() {
        boolean oneAtATime = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.map(StackWalker.StackFrame::getDeclaringClass)
                        .anyMatch(caller -> caller.isAnnotationPresent(OneAtATime.class)));
        if (!oneAtATime) {
            throw new IllegalStateException("Only @OneAtATime classes use this bridge: others would disturb them");
        }
        return Undisturbed.INSTANCE;
    }

    /** Three on one database, for all tests that need no settings of their own. */
    public static List<Product> replicas() {
        return Replicas.INSTANCES;
    }

    /** A replica on a database; the same database for several of them. */
    public static Product start(Map<String, Object> database, Map<String, Object> settings) {
        return start(database, settings, context -> {});
    }

    /** The same, with something that is done to its context before it starts. */
    public static Product start(
            Map<String, Object> database,
            Map<String, Object> settings,
            ApplicationContextInitializer<ConfigurableApplicationContext> initializer) {
        Map<String, Object> properties = new HashMap<>(PATIENT);
        properties.putAll(database);
        properties.put("server.port", 0);
        properties.put("bridge.vault.keys", TestVaultKeys.K1);
        properties.put("bridge.access.admin-secret", ADMIN_SECRET);
        properties.put("bridge.connections.allowed-hosts", "http://127.0.0.1,localhost,127.0.0.1,.qlikcloud.com");
        properties.putAll(settings);
        boolean quick = TestDatabase.isFresh(database) && !settings.containsKey("bridge.vault.keys");
        if (quick) {
            QuickTokenKeys.lend(database);
        }
        ConfigurableApplicationContext context = new SpringApplicationBuilder(BridgeApplication.class)
                .initializers(new WithoutTestClasses(), new QuickHashes(), new QuickScans(), initializer)
                // those that still run at the end would be closed one after the other, while their database stops
                .registerShutdownHook(false)
                .run(properties.entrySet().stream()
                        .map(property -> "--" + property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new));
        if (quick) {
            QuickTokenKeys.borrow(database);
        }
        return of(context);
    }

    /** A name nobody else has, such as {@code main-7}. */
    public static String name(String kind) {
        return kind + "-" + NAMES.incrementAndGet();
    }

    public String url() {
        return url;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public <T> Collection<T> beans(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    /** Good for some minutes at least, however long the shared one has been running. */
    public synchronized String adminToken() {
        if (System.nanoTime() - renewAt > 0) {
            adminToken = freshAdminToken();
        }
        return adminToken;
    }

    @Override
    public void close() {
        if (context != null) {
            context.close();
        }
    }

    /** An answer of the bridge. */
    public record Answer(int status, HttpResponse<byte[]> response) {

        public String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        public String code() {
            return json().path("code").asString("");
        }

        public String detail() {
            return json().path("detail").asString("");
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** The same, if it has this status; shows what it was otherwise. */
        public Answer expect(int expected) {
            assertThat(status).as(text()).isEqualTo(expected);
            return this;
        }

        /** The same, if it is the problem of this code. */
        public Answer expectProblem(int expected, String code) {
            expect(expected);
            assertThat(header("Content-Type")).startsWith("application/problem+json");
            assertThat(code()).as(text()).isEqualTo(code);
            assertThat(json().path("type").asString()).isEqualTo("urn:qlik-bridge:problem:" + code);
            assertThat(json().path("status").asInt()).isEqualTo(expected);
            return this;
        }
    }

    public Answer get(String path) {
        return send("GET", path, null, adminToken());
    }

    public Answer delete(String path) {
        return send("DELETE", path, null, adminToken());
    }

    public Answer put(String path, Object body) {
        return send("PUT", path, JSON.writeValueAsString(body), adminToken());
    }

    public Answer post(String path, Object body) {
        return send("POST", path, JSON.writeValueAsString(body), adminToken());
    }

    /** @param json nothing for no body */
    public Answer send(String method, String path, String json, String token) {
        HttpRequest.Builder request = request(path, token);
        if (json == null) {
            return exchange(request.method(method, HttpRequest.BodyPublishers.noBody()));
        }
        return exchange(request.header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json)));
    }

    /** A request to build further. */
    public HttpRequest.Builder request(String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    /** The answer, which is as the API's description says. */
    public Answer exchange(HttpRequest.Builder builder) {
        try {
            HttpRequest request = builder.build();
            HttpResponse<byte[]> response = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
            new DescribedExchange(request, response.statusCode(), response.headers(), response.body()).check(url());
            return new Answer(response.statusCode(), response);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException impatient) {
            throw new IllegalStateException(impatient);
        }
    }

    /** An access token of a client, with these scopes or all of its own. */
    public String accessToken(String client, String secret, String scope) {
        String form = "grant_type=client_credentials" + (scope == null ? "" : "&scope=" + encoded(scope));
        String basic = Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
        Answer answer = exchange(request("/oauth2/token", null)
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
        return answer.expect(200).json().path("access_token").asString();
    }

    /** Makes a client and gives an access token of it. */
    public String client(String[] scopes, String... users) {
        String id = name("client");
        JsonNode client = post("/api/v1/clients", Map.of("clientId", id, "scopes", scopes, "users", users))
                .expect(201)
                .json();
        return accessToken(id, client.path("secret").asString(), null);
    }

    /** Makes a connection to the tenant whose identity provider has the certificate of its signing key. */
    public String connectTo(SimulatedTenant tenant) {
        return connectTo(tenant, Map.of());
    }

    /** @param settings more of the connection's, or others */
    public String connectTo(SimulatedTenant tenant, Map<String, Object> settings) {
        String connection = name("main");
        Map<String, Object> body = new HashMap<>(Map.of(
                "type",
                "qlik-cloud",
                "host",
                tenant.url(),
                "issuer",
                ISSUER + "/" + connection,
                "apiKeyExpiry",
                "PT24H"));
        body.putAll(settings);
        put("/api/v1/connections/" + connection, body).expect(201);
        tenant.identityProvider(ISSUER + "/" + connection, connection, signingCertificate(connection));
        return connection;
    }

    /** Gives a connection a signing key, whose id is the connection's, and answers with its certificate. */
    public String signingCertificate(String connection) {
        String keys = "/api/v1/connections/" + connection + "/signing-keys";
        exchange(request(keys + "?shared=true&kid=" + connection, adminToken())
                        .header("Content-Type", "application/x-pem-file")
                        .POST(HttpRequest.BodyPublishers.ofString(SigningKey.PEM)))
                .expect(201);
        return get(keys + "/" + connection + "/certificate").expect(200).text();
    }

    /** Makes a user who is this subject on the connection. */
    public String user(String connection, String subject) {
        String username = name("user");
        post(
                        "/api/v1/users",
                        Map.of(
                                "username",
                                username,
                                "name",
                                "User " + username,
                                "email",
                                username + "@example.org",
                                "emailVerified",
                                true,
                                "subjects",
                                Map.of(connection, subject)))
                .expect(201);
        return username;
    }

    public Answer apps(String connection, String user) {
        return get("/api/v1/connections/" + connection + "/apps?user=" + encoded(user));
    }

    /** A read that is passed on to the tenant as this user. */
    public Answer passed(String connection, String user, String target) {
        return exchange(request("/qlik/" + connection + target, adminToken()).header("X-Bridge-User", encoded(user)));
    }

    public Answer token(String connection, String user) {
        return post("/api/v1/connections/" + connection + "/token", Map.of("user", user));
    }

    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
