package io.qlikbridge;

import ch.qos.logback.classic.LoggerContext;
import com.github.dockerjava.api.DockerClient;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The PostgreSQL that tests run on: a container where an engine answers and has the images, else an embedded server from
 * Maven. One server for the whole run, a database of its own for each who asks. As an initializer it gives a context one,
 * a vault key, and quick hashes.
 */
public class TestDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final Logger log = LoggerFactory.getLogger(TestDatabase.class);
    private static final String IMAGE = "postgres:18";
    /** Of any version: removes the containers of a run that was killed. */
    private static final String CLEANER = "testcontainers/ryuk";

    /** Nobody looks at the data after the machine has lost its power. */
    private static final Map<String, String> SERVER = Map.of(
            "fsync", "off",
            "full_page_writes", "off",
            "synchronous_commit", "off",
            // a minute for each of so many databases would be one a second
            "autovacuum_naptime", "10min",
            "max_connections", "400");

    private static final String USER = "postgres";
    private static final String URL = "spring.datasource.url";
    private static final Set<String> FRESH = ConcurrentHashMap.newKeySet();
    private static final AtomicInteger databases = new AtomicInteger();

    private static final class Server {

        private static final Server INSTANCE = start();

        private final String authority;
        private final String password;

        private Server(String authority, String password) {
            this.authority = authority;
            this.password = password;
        }

        private static Server start() {
            if (containerEngineHasImages()) {
                PostgreSQLContainer container = new PostgreSQLContainer(IMAGE)
                        .withUsername(USER)
                        .withPassword(USER)
                        .withDatabaseName("postgres")
                        .withCommand(Stream.concat(
                                        Stream.of("postgres"),
                                        SERVER.entrySet().stream()
                                                .flatMap(setting ->
                                                        Stream.of("-c", setting.getKey() + "=" + setting.getValue())))
                                .toArray(String[]::new));
                container.start();
                log.info("Test database: {} in a container", IMAGE);
                return new Server(container.getHost() + ":" + container.getMappedPort(5432), USER);
            }
            try {
                EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
                SERVER.forEach(builder::setServerConfig);
                EmbeddedPostgres embedded = builder.start();
                stopAtOnceAtTheEnd(embedded);
                log.info(
                        "Test database: embedded PostgreSQL (no container engine with {} and {} answers)",
                        IMAGE,
                        CLEANER);
                return new Server("localhost:" + embedded.getPort(), "");
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        /** The library has it write all that has changed, which takes seconds after so many databases, and then deletes it. */
        private static void stopAtOnceAtTheEnd(EmbeddedPostgres embedded) {
            String process = JdbcClient.create(embedded.getPostgresDatabase())
                    .sql("select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)")
                    .query(String.class)
                    .single();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                // bridges that still run would tell at length that their database is gone
                ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
                Thread.setDefaultUncaughtExceptionHandler((thread, failed) -> {});
                try {
                    // an immediate shutdown, as PostgreSQL calls it
                    new ProcessBuilder("sh", "-c", "kill -QUIT " + process).start();
                } catch (IOException noShell) {
                    // its library stops it, too, in its own time
                }
            }));
        }

        /**
         * Asked of the engine itself: the library's own client starts its cleaner first, and tries for minutes to fetch the image
         * of that where no registry can be reached.
         */
        private static boolean containerEngineHasImages() {
            if (!mayHaveContainerEngine()) {
                return false;
            }
            try (DockerClient engine = DockerClientProviderStrategy.getClientForConfig(
                    DockerClientFactory.instance().getTransportConfig())) {
                return Stream.of(IMAGE, CLEANER)
                        .allMatch(image -> !engine.listImagesCmd()
                                .withReferenceFilter(image)
                                .exec()
                                .isEmpty());
            } catch (RuntimeException | IOException noEngine) {
                return false;
            }
        }
    }

    /** Looked at first, because the library says it loudly when there is none. */
    private static boolean mayHaveContainerEngine() {
        Path home = Path.of(System.getProperty("user.home"));
        return System.getenv("DOCKER_HOST") != null
                || Stream.of(
                                Path.of("/var/run/docker.sock"),
                                home.resolve(".docker/run/docker.sock"),
                                home.resolve(".docker/desktop/docker.sock"),
                                home.resolve(".colima/default/docker.sock"),
                                home.resolve(".testcontainers.properties"))
                        .anyMatch(Files::exists);
    }

    /** Migrated once, and copied for each who asks: that is quicker than to migrate it again. */
    private static final class Template {

        private static final String NAME = migrated();

        private static String migrated() {
            Map<String, Object> database = empty();
            Flyway.configure()
                    .dataSource(
                            value(database, "spring.datasource.url"),
                            value(database, "spring.datasource.username"),
                            value(database, "spring.datasource.password"))
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
            String url = value(database, "spring.datasource.url");
            return url.substring(url.lastIndexOf('/') + 1);
        }

        private static String value(Map<String, Object> properties, String name) {
            return String.valueOf(properties.get(name));
        }
    }

    /** Makes a database with our tables, and nothing in them, and gives Spring Boot's properties for it. */
    public static Map<String, Object> fresh() {
        Map<String, Object> database = create(" template " + Template.NAME);
        FRESH.add(String.valueOf(database.get(URL)));
        return database;
    }

    /** Of the database itself, whether a bridge is on it or not. */
    public static JdbcClient jdbc(Map<String, Object> database) {
        return JdbcClient.create(new DriverManagerDataSource(
                String.valueOf(database.get(URL)),
                String.valueOf(database.get("spring.datasource.username")),
                String.valueOf(database.get("spring.datasource.password"))));
    }

    /** Whether it was made with our tables in it. */
    static boolean isFresh(Map<String, Object> database) {
        return FRESH.contains(String.valueOf(database.get(URL)));
    }

    /** Makes an empty database, as an operator does before the first start, and gives Spring Boot's properties for it. */
    public static Map<String, Object> empty() {
        return create("");
    }

    private static Map<String, Object> create(String options) {
        Server server = Server.INSTANCE;
        String name = "bridge_" + databases.incrementAndGet();
        String url = "jdbc:postgresql://" + server.authority + "/";
        try (Connection connection = DriverManager.getConnection(url + "postgres", USER, server.password);
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name + options);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        return Map.of(
                URL, url + name, "spring.datasource.username", USER, "spring.datasource.password", server.password);
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        new QuickHashes().initialize(context);
        new QuickScans().initialize(context);
        if (!context.getEnvironment().containsProperty(URL)) {
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("testDatabase", fresh()));
        }
        if (!context.getEnvironment().containsProperty("bridge.vault.keys")) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("testVault", Map.of("bridge.vault.keys", TestVaultKeys.K1)));
        }
    }
}
