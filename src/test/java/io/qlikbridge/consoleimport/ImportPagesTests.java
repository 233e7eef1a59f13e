package io.qlikbridge.consoleimport;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.OneAtATime;
import io.qlikbridge.Product;
import io.qlikbridge.console.ConsoleBrowser;
import io.qlikbridge.console.ConsolePage;
import io.qlikbridge.simulator.SimulatedTenant;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Users from a CSV file as an admin brings them in a browser. */
@OneAtATime
class ImportPagesTests {

    private static final String SCRIPT = "<img src=x onerror=alert(1)>";

    private static final Product bridge = Product.undisturbed();
    private static ConsoleBrowser browser;
    private static SimulatedTenant tenant;
    private static String acme;

    private final String ada = Product.name("ada");
    private final String bob = Product.name("bob");

    @BeforeAll
    static void connect() {
        tenant = SimulatedTenant.start();
        acme = bridge.connectTo(tenant);
        browser = ConsoleBrowser.ofAdmin(bridge);
    }

    @AfterAll
    static void stop() {
        tenant.close();
    }

    @Test
    void aFileIsChosenOnceLookedAtAndImported() {
        bridge.post("/api/v1/users", Map.of("username", bob, "name", "Bob", "groups", List.of("Old")))
                .expect(201);
        ConsolePage form =
                browser.follow(browser.page("/console/users"), "Import CSV").expect(200);
        form.control("CSV file");

        ConsolePage preview = upload(
                "username,name,groups,subject:%s\n%s,Ada,Sales;Board,hr|1\n%s,Bob,New,\n".formatted(acme, ada, bob));

        preview.expect(200);
        List<String> rows = preview.document().select("tbody tr").eachText();
        assertThat(rows).hasSize(2);
        assertThat(rows.getFirst())
                .contains("2 " + ada + " Added", "name Ada", "groups Sales; Board", "subject:" + acme + " hr|1");
        assertThat(rows.getLast())
                .contains("3 " + bob + " Changed", "groups Old", "New")
                .doesNotContain("name");
        assertThat(preview.document().select("dl.facts dd").eachText()).containsExactly("1", "1", "0");
        assertThat(exists(ada)).isFalse();

        ConsolePage done = finished(browser.submit(preview, "Import", Map.of()));

        assertThat(done.text()).contains("1 users were added and 1 changed; 0 were as the file wants them.");
        assertThat(user(ada).path("subjects").path(acme).asString()).isEqualTo("hr|1");
        assertThat(user(bob).path("groups")).hasToString("[\"New\"]");
        String id = done.address().getPath().replaceAll(".*/", "");
        assertThat(bridge.bean(JdbcClient.class)
                        .sql("select count(*) from import_file_part where file_id = cast(:id as uuid)")
                        .param("id", id)
                        .query(Integer.class)
                        .single())
                .isZero();
        JsonNode audit = bridge.get("/api/v1/audit?action=user.create&user=" + ada)
                .json()
                .path("items")
                .get(0);
        assertThat(audit.path("actor").asString()).isEqualTo("client:admin");
        assertThat(audit.path("requestId").asString()).isNotEmpty();
    }

    @Test
    void everyLineThatIsWrongIsShownAndNothingCanBeImported() {
        ConsolePage page = upload("username,email,enabled\n" + ada + ",nowhere,true\n" + bob + ",,perhaps\n" + ada
                + "\n,x@example.org,\n");

        List<String> rows = page.document().select("tbody tr").eachText();
        assertThat(rows).hasSize(4);
        assertThat(rows.get(0)).startsWith("2 email:");
        assertThat(rows.get(1)).startsWith("3 enabled:");
        assertThat(rows.get(2)).startsWith("4 The header has 3 columns");
        assertThat(rows.get(3)).startsWith("5 username: is required");
        assertThat(page.document().select("button").eachText())
                .contains("Dry run")
                .doesNotContain("Import");
        page.control("CSV file");
        assertThat(exists(ada)).isFalse();
    }

    @Test
    void usersThatHaveChangedSinceTheDryRunAreShownAnewBeforeAnythingIsImported() {
        bridge.post("/api/v1/users", Map.of("username", bob, "name", "Bob")).expect(201);
        ConsolePage preview = upload("username,name\n" + ada + ",Ada\n" + bob + ",Bob\n");
        bridge.put("/api/v1/users/" + user(bob).path("id").asString(), Map.of("username", bob, "name", "Robert"))
                .expect(200);

        ConsolePage again = finished(browser.submit(preview, "Import", Map.of()));

        assertThat(again.text()).contains("Users have changed since the dry run, so nothing was imported");
        assertThat(again.document().select("tbody tr").eachText().getLast()).contains(bob, "Robert");
        assertThat(exists(ada)).isFalse();

        finished(browser.submit(again, "Import", Map.of()));
        assertThat(user(bob).path("name").asString()).isEqualTo("Bob");
    }

    @Test
    void aFileThatChangesNothingHasNothingToImport() {
        bridge.post("/api/v1/users", Map.of("username", ada)).expect(201);

        ConsolePage page = upload("username\n" + ada + "\n");

        assertThat(page.text()).contains("there is nothing to import");
        assertThat(page.document().select("button").eachText()).doesNotContain("Import");
    }

    @Test
    void whatIsHostileInAFileIsShownAsText() {
        ConsolePage page = upload(
                ("\ufeffsep=;\r\nusername;name;groups\r\n%s;\"%s\";\"=cmd|' /C calc'!A0\"\r\n%s;\"multi \"\"quoted\"\"\";\"a;b\"\r\n")
                        .formatted(ada, SCRIPT, bob));

        assertThat(page.document().select("img, main script")).isEmpty();
        assertThat(page.document().select("tbody tr").eachText().getFirst()).contains(SCRIPT, "=cmd|' /C calc'!A0");
        assertThat(page.document().select("tbody tr").eachText().getLast()).contains("multi \"quoted\"", "a; b");
        ConsolePage wrong =
                upload("username,email\n\"" + SCRIPT + "\",\"" + SCRIPT + "\"\n" + SCRIPT + ",\n" + SCRIPT + ",\n");
        assertThat(wrong.document().select("img, main script")).isEmpty();
        assertThat(wrong.document().select("tbody tr")).isNotEmpty();
    }

    @Test
    void aFileInAnotherEncodingIsReadAsTheAdminSaysOrNamesItsLine() {
        byte[] latin = ("username,name\n" + ada + ",J\u00fcrgen \u20ac\n").getBytes(Charset.forName("windows-1252"));

        ConsolePage wrong = upload(latin, "");
        assertThat(wrong.document().select("tbody tr").eachText())
                .singleElement()
                .asString()
                .startsWith("2 This line is not UTF-8");

        ConsolePage right = upload(latin, "windows-1252");
        assertThat(right.document().select("tbody tr").eachText().getFirst()).contains("J\u00fcrgen \u20ac");
        assertThat(upload(("username\n" + bob + "\n").getBytes(StandardCharsets.UTF_16), "")
                        .text())
                .contains(bob);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "nonsense",
                "username\n\"open",
                "PK\u0003\u0004rest of a workbook",
                "username,username\n"
            })
    void aFileThatIsNoneSaysWhatToChange(String file) {
        ConsolePage page = upload(file);

        page.expect(200);
        assertThat(page.document().select("tbody tr")).hasSize(1);
        assertThat(page.document().select("button").eachText()).doesNotContain("Import");
    }

    @Test
    void aLineThatDoesNotEndIsNamed() {
        ConsolePage page = upload("username,name\n" + ada + ",\"" + "x".repeat(3_000_000));

        assertThat(page.document().select("tbody tr").eachText().getFirst()).startsWith("2 This record is longer than");
    }

    @Test
    void aDryRunWithoutAFileOrWithAnUnknownEncodingSaysSoAtTheField() {
        ConsolePage missing = browser.submit(browser.page("/console/users/import"), "Dry run", Map.of());
        missing.expect(200);
        assertThat(missing.errorAt("file")).contains("Choose a CSV file");

        ConsolePage form = browser.page("/console/users/import");
        form.control("Encoding").selectFirst("option").attr("value", "utf-7").attr("selected", "selected");
        ConsolePage unknown = browser.submit(
                form, "Dry run", Map.of(), Map.of("file", "username\n".getBytes(StandardCharsets.UTF_8)));
        unknown.expect(200);
        assertThat(unknown.errorAt("charset")).isNotEmpty();
    }

    @Test
    void aFileBelongsToWhoUploadedItAndAnUnknownOneIsNotFound() {
        ConsolePage preview = upload("username\n" + ada + "\n");
        String client = Product.name("second-admin");
        String secret = bridge.post(
                        "/api/v1/clients",
                        Map.of("clientId", client, "scopes", List.of("bridge.admin"), "users", List.of()))
                .expect(201)
                .json()
                .path("secret")
                .asString();
        ConsoleBrowser second = ConsoleBrowser.signedIn(bridge.url(), client, secret);

        second.page(preview.address().getPath()).expect(404);
        for (String id : List.of("nothing", "00000000-0000-0000-0000-000000000000", "%3Cb%3E")) {
            ConsolePage page = browser.page("/console/users/import/" + id).expect(404);
            assertThat(page.document().select("main b")).isEmpty();
        }
        browser.page(preview.address().getPath()).expect(200);
    }

    @Test
    void aFileThatWasDiscardedIsGone() {
        ConsolePage preview = upload("username\n" + ada + "\n");

        browser.submit(preview, "Discard the file", Map.of()).expect(200);

        browser.page(preview.address().getPath()).expect(404);
    }

    @Test
    void aFileFromAPageOfAnotherOriginIsNotRead() {
        for (Map.Entry<String, String> header : Map.of(
                        "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site", "X-None", "x")
                .entrySet()) {
            ConsolePage refused = browser.send(HttpRequest.newBuilder(browser.address("/console/users/import"))
                    .header(header.getKey(), header.getValue())
                    .header("Content-Type", "multipart/form-data; boundary=b")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\nusername\n"
                                    + ada + "\n\r\n--b--\r\n")));
            assertThat(refused.status()).as(header.getKey()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data",
                "multipart/form-data; boundary=other",
                "multipart/mixed; boundary=b",
                "application/x-www-form-urlencoded",
                "text/csv"
            })
    void aBodyThatIsNoSuchFormIsRefused(String type) {
        ConsolePage refused = browser.send(HttpRequest.newBuilder(browser.address("/console/users/import"))
                .header("Origin", bridge.url())
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(
                        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\nusername\n")));

        // where no part is found, no file was chosen
        assertThat(refused.status() == 200 ? refused.errorAt("file") : String.valueOf(refused.status()))
                .containsAnyOf("Choose a CSV file", "400", "403", "415", "422");
    }

    @Test
    void manyUsersAreCheckedAndImportedWhileThePageShowsHowFarThatIs() {
        String file = IntStream.range(0, 40_000)
                .mapToObj(number -> ada + "-" + (100_000 + number) + ",Name " + number)
                .collect(Collectors.joining("\n", "username,name\n", "\n"));

        ConsolePage first = submit(file.getBytes(StandardCharsets.UTF_8), "");
        ConsolePage preview = finished(first);

        assertThat(preview.document().select("dl.facts dd").eachText()).containsExactly("40000", "0", "0");
        assertThat(preview.document().select("tbody tr")).hasSize(300);
        assertThat(preview.text()).contains("and 39,700 more users");
        ConsolePage done = finished(browser.submit(preview, "Import", Map.of()));
        assertThat(done.text()).contains("40,000 users were added");
    }

    @Test
    void anyReplicaImportsWhatAnotherHasChecked() {
        List<Product> replicas = Product.replicas();
        ConsoleBrowser admin = ConsoleBrowser.ofAdmin(replicas.getFirst());
        ConsolePage checked = admin.submit(
                admin.page("/console/users/import"),
                "Dry run",
                Map.of(),
                Map.of("file", ("username\n" + ada + "\n").getBytes(StandardCharsets.UTF_8)));

        ConsolePage elsewhere = admin.send(HttpRequest.newBuilder(
                URI.create(replicas.getLast().url() + checked.address().getPath())));
        ConsolePage done = admin.submit(elsewhere.expect(200), "Import", Map.of());

        assertThat(done.text()).contains("1 users were added");
        assertThat(replicas.getFirst()
                        .get("/api/v1/users?username=" + ada)
                        .json()
                        .path("items"))
                .hasSize(1);
    }

    @Test
    void whatADeadReplicaHasBegunIsBegunAgain() {
        ConsolePage preview = upload("username\n" + ada + "\n");
        String id = preview.address().getPath().replaceAll(".*/", "");
        bridge.bean(JdbcClient.class)
                .sql(
                        "update import_file set state = 'IMPORTING', beat_at = now() - interval '1 minute' where id = cast(:id as uuid)")
                .param("id", id)
                .update();

        ConsolePage stopped = browser.page(preview.address().getPath()).expect(200);

        assertThat(stopped.text()).contains("The replica that did this has stopped");
        assertThat(finished(browser.submit(stopped, "Dry run", Map.of())).text())
                .contains("Nothing is changed yet");
    }

    private static ConsolePage upload(String file) {
        return upload(file.getBytes(StandardCharsets.UTF_8), "");
    }

    private static ConsolePage upload(byte[] file, String charset) {
        return finished(submit(file, charset));
    }

    private static ConsolePage submit(byte[] file, String charset) {
        ConsolePage form = browser.page("/console/users/import").expect(200);
        form.control("Encoding").select("option").stream()
                .filter(option -> option.val().equals(charset))
                .forEach(option -> option.attr("selected", "selected"));
        return browser.submit(form, "Dry run", Map.of(), Map.of("file", file));
    }

    /** As soon as nothing is under way any more. */
    private static ConsolePage finished(ConsolePage page) {
        ConsolePage now = page;
        for (int round = 0; round < 600 && !now.document().select("progress").isEmpty(); round++) {
            assertThat(now.document().select("section[hx-get]")).hasSize(1);
            try {
                Thread.sleep(200);
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
            now = browser.page(page.address().getPath());
        }
        assertThat(now.document().select("progress")).isEmpty();
        return now;
    }

    private static boolean exists(String username) {
        return !bridge.get("/api/v1/users?username=" + Product.encoded(username))
                .json()
                .path("items")
                .isEmpty();
    }

    private static JsonNode user(String username) {
        return bridge.get("/api/v1/users?username=" + Product.encoded(username))
                .expect(200)
                .json()
                .path("items")
                .get(0);
    }
}
