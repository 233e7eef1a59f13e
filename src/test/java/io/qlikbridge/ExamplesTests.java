package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.Faults;
import io.qlikbridge.simulator.SimulatedTenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The examples of the guides work, and the guides show them as they are. */
class ExamplesTests {

    private static final Path FOLDER = Path.of("docs", "examples");
    private static final Product bridge = Product.shared();

    private static SimulatedTenant tenant;
    private static String connection;

    @TempDir
    private Path scratch;

    /** A scheduled job, in each language. */
    enum Job {
        SHELL("sh", "report-job.sh", "curl", "jq"),
        PYTHON("python3", "report_job.py"),
        JAVA(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "ReportJob.java");

        private final List<String> command;
        private final List<String> needed;

        Job(String interpreter, String file, String... others) {
            this.command = List.of(interpreter, FOLDER.resolve(file).toString());
            this.needed =
                    Stream.concat(Stream.of(interpreter), Stream.of(others)).toList();
        }
    }

    @BeforeAll
    static void start() {
        tenant = SimulatedTenant.start();
        connection = bridge.connectTo(tenant);
    }

    @AfterAll
    static void stop() {
        tenant.close();
    }

    @ParameterizedTest
    @EnumSource
    void jobListsAllAppsOfItsUserPageByPage(Job job) throws Exception {
        String subject = "job|" + job;
        List<String> names = IntStream.range(0, 120)
                .mapToObj(number -> "Report \"" + number + "\" of Zoë, yesterday/today")
                .toList();
        tenant.apps(subject, names.stream().map(App::of).toArray(App[]::new));
        String user = bridge.user(connection, subject);

        Outcome outcome = run(job, client(user), user);

        assertThat(outcome.status()).as(outcome.errors()).isZero();
        assertThat(outcome.output().lines().map(line -> line.substring(line.indexOf('\t') + 1)))
                .containsExactlyInAnyOrderElementsOf(names);
        assertThat(tenant.keysMade(subject)).isEqualTo(1);
        assertThat(outcome.output() + outcome.errors()).doesNotContain("eyJ");
    }

    @ParameterizedTest
    @EnumSource
    void jobWhenItMayNotActForTheUserEndsWithWhatTheBridgeSaid(Job job) throws Exception {
        String other = bridge.user(connection, "job|other|" + job);

        Outcome outcome = run(job, client(bridge.user(connection, "job|own|" + job)), other);

        assertThat(outcome.status()).isNotZero();
        assertThat(outcome.errors()).contains("\"code\":\"forbidden\"", "may not act for user " + other);
        assertThat(outcome.output()).isEmpty();
    }

    @Test
    void exchangeInShellListsTheAppsOfItsUserOrTellsWhyNot() throws Exception {
        tenant.apps("job|exchange", App.of("Report of Zoë"));
        String user = bridge.user(connection, "job|exchange");
        Client client = client(user);
        List<String> command = List.of("sh", FOLDER.resolve("exchange.sh").toString());
        List<String> programs = List.of("curl", "jq");

        Outcome outcome = run(command, programs, client, user);
        Outcome refused = run(command, programs, client, bridge.user(connection, "job|exchange|other"));

        assertThat(outcome.status()).as(outcome.errors()).isZero();
        assertThat(outcome.output()).endsWith("\tReport of Zoë\n");
        assertThat(outcome.errors()).isEmpty();
        assertThat(refused.status()).isNotZero();
        assertThat(refused.errors()).contains("unauthorized_client", "may not act for user");
    }

    @ParameterizedTest
    @EnumSource(names = {"PYTHON", "JAVA"})
    void jobWhenToldToComeBackLaterDoesSo(Job job) throws Exception {
        String subject = "job|later|" + job;
        tenant.apps(subject, App.of("Worth waiting for"));
        String user = bridge.user(connection, subject);
        AtomicInteger refusals = new AtomicInteger(2);
        tenant.before(request -> request.getUrl().startsWith("/api/v1/items") && refusals.getAndDecrement() > 0
                ? Optional.of(Faults.tooManyRequests(1))
                : Optional.empty());

        Outcome outcome = run(job, client(user), user);

        tenant.before(request -> Optional.empty());
        assertThat(outcome.status()).as(outcome.errors()).isZero();
        assertThat(outcome.output()).contains("Worth waiting for");
        assertThat(refusals).hasNegativeValue();
    }

    @ParameterizedTest
    @CsvSource({
        "jobs.md, QlikTokens.java, java",
        "jobs.md, exchange.py, python",
        "jobs.md, exchange.mjs, js",
        "jobs.md, exchange.sh, sh",
        "jobs.md, report-job.sh, sh",
        "jobs.md, report_job.py, python",
        "jobs.md, ReportJob.java, java",
        "front-end.md, report.html, html"
    })
    void guideShowsTheFile(String guide, String file, String language) throws IOException {
        assertThat(Files.readString(Path.of("docs", guide)))
                .contains("```" + language + "\n" + Files.readString(FOLDER.resolve(file)) + "```");
    }

    @Test
    void everyExampleIsInAGuide() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "QlikTokens.java",
                            "exchange.py",
                            "exchange.mjs",
                            "exchange.sh",
                            "report-job.sh",
                            "report_job.py",
                            "ReportJob.java",
                            "report.html");
        }
    }

    private record Client(String id, String secret) {}

    private record Outcome(int status, String output, String errors) {}

    /** A new client that may get the tokens of this user alone. */
    private static Client client(String user) {
        String id = Product.name("job");
        return new Client(
                id,
                bridge.post(
                                "/api/v1/clients",
                                Map.of("clientId", id, "scopes", List.of("bridge.tokens"), "users", List.of(user)))
                        .expect(201)
                        .json()
                        .path("secret")
                        .asString());
    }

    private Outcome run(Job job, Client client, String user) throws Exception {
        return run(job.command, job.needed, client, user);
    }

    private Outcome run(List<String> command, List<String> programs, Client client, String user) throws Exception {
        for (String needed : programs) {
            assumeTrue(isInstalled(needed), needed + " is not installed");
        }
        Path output = scratch.resolve("output");
        Path errors = scratch.resolve("errors");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
        // a scheduler's environment: not even a locale
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.endsWith("_OPTIONS"));
        builder.environment()
                .putAll(Map.of(
                        "BRIDGE",
                        bridge.url(),
                        "CONNECTION",
                        connection,
                        "CLIENT_ID",
                        client.id(),
                        "CLIENT_SECRET",
                        client.secret(),
                        "REPORT_USER",
                        user,
                        "QLIK_HOST",
                        tenant.url(),
                        "LANG",
                        "C"));
        Process process = builder.start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        return new Outcome(ended ? process.exitValue() : -1, Files.readString(output), Files.readString(errors));
    }

    private static boolean isInstalled(String command) throws Exception {
        return new ProcessBuilder("sh", "-c", "command -v " + command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
