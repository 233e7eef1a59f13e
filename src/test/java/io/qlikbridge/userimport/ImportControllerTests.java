package io.qlikbridge.userimport;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.Product.Answer;
import io.qlikbridge.simulator.SimulatedTenant;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** An import as an admin sees it: over HTTP, with the whole bridge behind it. */
class ImportControllerTests {

    private static final String PATH = "/api/v1/users/import";
    private static final Product bridge = Product.shared();

    private static SimulatedTenant tenant;
    private static String main;
    private static String other;

    private final String ada = Product.name("ada");
    private final String bob = Product.name("bob");

    @BeforeAll
    static void connect() {
        tenant = SimulatedTenant.start();
        main = bridge.connectTo(tenant);
        other = bridge.connectTo(tenant);
    }

    @AfterAll
    static void stop() {
        tenant.close();
    }

    @Test
    void importWhenUsersAreNewAddsThem() {
        JsonNode answer = send("""
                username,name,email,emailVerified,groups,enabled,subject:%s,subject:%s
                %s,Ada Lovelace,ada@example.org,TRUE,Finance;Report readers,,hr|4711,
                %s,,,,,false,,x|1
                """.formatted(main, other, ada, bob));

        assertThat(answer).hasToString("{\"created\":2,\"updated\":0,\"unchanged\":0,\"errors\":[]}");
        JsonNode first = user(ada);
        assertThat(first.path("name").asString()).isEqualTo("Ada Lovelace");
        assertThat(first.path("email").asString()).isEqualTo("ada@example.org");
        assertThat(first.path("emailVerified").asBoolean()).isTrue();
        assertThat(first.path("groups")).hasToString("[\"Finance\",\"Report readers\"]");
        assertThat(first.path("enabled").asBoolean()).isTrue();
        assertThat(first.path("subjects")).hasToString("{\"" + main + "\":\"hr|4711\"}");
        JsonNode second = user(bob);
        assertThat(second.path("name").isNull()).isTrue();
        assertThat(second.path("emailVerified").asBoolean()).isFalse();
        assertThat(second.path("groups")).hasToString("[]");
        assertThat(second.path("enabled").asBoolean()).isFalse();
        assertThat(second.path("subjects")).hasToString("{\"" + other + "\":\"x|1\"}");
    }

    @Test
    void importWhenACellIsEmptyClearsItAndWhenAColumnIsAbsentLeavesIt() {
        send("""
                username,name,email,emailVerified,groups,enabled,subject:%s,subject:%s
                %s,Ada,ada@example.org,true,a;b,false,x,y
                """.formatted(main, other, ada));

        assertThat(counts(send("username,name,subject:%s\n%s,,\n".formatted(main, ada))))
                .containsExactly(0, 1, 0);

        JsonNode user = user(ada);
        assertThat(user.path("name").isNull()).isTrue();
        assertThat(user.path("email").asString()).isEqualTo("ada@example.org");
        assertThat(user.path("emailVerified").asBoolean()).isTrue();
        assertThat(user.path("groups")).hasToString("[\"a\",\"b\"]");
        assertThat(user.path("enabled").asBoolean()).isFalse();
        assertThat(user.path("subjects")).hasToString("{\"" + other + "\":\"y\"}");

        assertThat(counts(send("username,emailVerified,groups,enabled\n%s,,,\n".formatted(ada))))
                .containsExactly(0, 1, 0);

        assertThat(user(ada).path("emailVerified").asBoolean()).isFalse();
        assertThat(user(ada).path("groups")).hasToString("[]");
        assertThat(user(ada).path("enabled").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"ada@example.org, true", "eve@example.org, false", "'', false"})
    void importWhenTheAddressChangesVerifiesItAnew(String email, boolean verified) {
        send("username,email,emailVerified\n%s,ada@example.org,true\n".formatted(ada));

        send("username,email,name\n%s,%s,x\n".formatted(ada, email));

        assertThat(user(ada).path("emailVerified").asBoolean()).isEqualTo(verified);
    }

    @Test
    void importWhenNothingChangesTouchesNobody() {
        String file = """
                username,name,email,emailVerified,groups,enabled,subject:%s
                %s,Ada,ada@example.org,true,a;b,true,x
                %s,,,,,,
                """.formatted(main, ada, bob);
        send(file);
        String before = rows();

        assertThat(counts(send(file))).containsExactly(0, 0, 2);

        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void importWhenSomeChangeTouchesThemAlone() {
        send("username,name\n%s,Ada\n%s,Bob\n".formatted(ada, bob));
        JsonNode bobBefore = user(bob);
        JsonNode adaBefore = user(ada);

        assertThat(counts(send("username,name\n%s,Ada L.\n%s,Bob\n".formatted(ada, bob))))
                .containsExactly(0, 1, 1);

        assertThat(user(bob)).isEqualTo(bobBefore);
        assertThat(user(ada).path("updatedAt").asString())
                .isGreaterThan(adaBefore.path("updatedAt").asString());
        assertThat(user(ada).path("createdAt")).isEqualTo(adaBefore.path("createdAt"));
        assertThat(user(ada).path("id")).isEqualTo(adaBefore.path("id"));
        assertThat(version(ada)).isEqualTo(1);
        assertThat(version(bob)).isZero();
    }

    @Test
    void importWhenUsernamesDifferInCaseAloneMakesTwoUsers() {
        assertThat(counts(send("username\n%s\n%s\n".formatted(ada, ada.toUpperCase()))))
                .containsExactly(2, 0, 0);
    }

    @Test
    void importWhenDryRunTellsTheSameAndKeepsNothing() {
        send("username,name,subject:%s\n%s,Ada,x\n".formatted(main, ada));
        String before = rows();
        String file = "username,name,enabled,subject:%s\n%s,Ada L.,false,y\n%s,Bob,,\n".formatted(main, ada, bob);

        JsonNode dry = send(PATH + "?dryRun=true", file);

        assertThat(rows()).isEqualTo(before);
        assertThat(counts(dry)).containsExactly(1, 1, 0);
        assertThat(send(PATH + "?dryRun=false", file)).isEqualTo(dry);
        assertThat(rows()).isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "TRUE", "1", "yes", "true&dryRun=false"})
    void importWhenDryRunIsNeitherTrueNorFalseIsRefused(String dryRun) {
        Answer refused = exchange(PATH + "?dryRun=" + dryRun, "text/csv", bytes("username\n" + ada + "\n"));

        refused.expectProblem(400, "invalid-request");
        assertThat(refused.json().path("errors").path(0).path("pointer").asString())
                .isEqualTo("dryRun");
        assertThat(isThere(ada)).isFalse();
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                wrong("empty", "", 1, "names the columns"),
                wrong("blank rows alone", ",,\n \n", 1, "names the columns"),
                wrong("byte order mark alone", "\ufeff", 1, "names the columns"),
                wrong("unknown column", "username,phone\ngood,1\n", 1, "Column \"phone\" is unknown"),
                wrong("no username", "name\nAda\n", 1, "Column \"username\" is missing"),
                wrong("column twice", "username,name,name\ngood,a,b\n", 1, "Column \"name\" is there twice"),
                wrong("subject twice", "username,subject:MAIN,subject:MAIN\ng,a,b\n", 1, "is there twice"),
                wrong("unknown connection", "username,subject:no-such\ngood,a\n", 1, "There is no connection no-such"),
                wrong("no slug", "username,subject:No/Slug\ngood,a\n", 1, "Column \"subject:No/Slug\" is unknown"),
                wrong("many columns", "username" + ",x".repeat(1000) + "\n", 1, "more than 1000 columns"),
                wrong("long column", "username," + "x".repeat(99) + "\n", 1, "\"" + "x".repeat(40) + "…\" is unknown"),
                wrong("NUL in the header", "username,na\0me\n", 1, "Column \"na\ufffdme\" is unknown"),
                wrong("header never ends", "username,\"name\ngood,1\n", 1, "quotes of this record"),
                wrong("too few cells", "username,name\ngood,a\nbad\n", 3, "has 2 columns, this line 1"),
                wrong("too many cells", "username,name\ngood,a\nbad,a,b\n", 3, "has 2 columns, this line 3"),
                wrong("no name", "username,name\ngood,a\n,b\n", 3, "username: is required"),
                wrong(
                        "nobody sees it",
                        "username\ngood\nb\u200bad\n",
                        3,
                        "username: A username has a character that nobody sees, U+200B"),
                wrong("NUL", "username,name\ngood,a\nbad,a\0b\n", 3, "name: has no control characters"),
                wrong("long name", "username,name\ngood,a\nbad," + "x".repeat(256) + "\n", 3, "name: is 1 to 255"),
                wrong("no address", "username,email\ngood,\nbad,ada\n", 3, "email: is an e-mail address"),
                wrong("no truth", "username,enabled\ngood,\nbad,perhaps\n", 3, "enabled: is true or false"),
                wrong(
                        "verified what",
                        "username,email,emailVerified\ngood,,\nbad,,true\n",
                        3,
                        "only where there is an"),
                wrong("verified nothing", "username,emailVerified\ngood,\nbad,true\n", 3, "only where there is an"),
                wrong("empty group", "username,groups\ngood,\nbad,a;;b\n", 3, "groups: is 1 to 256 characters"),
                wrong("group twice", "username,groups\ngood,\nbad,a;b;a\n", 3, "groups: is there twice"),
                wrong("many groups", "username,groups\ngood,\nbad," + groups(1001) + "\n", 3, "groups: holds at most"),
                wrong(
                        "no subject",
                        "username,subject:MAIN\ngood,\nbad,x\u200by\n",
                        3,
                        "subject:MAIN: has a character that nobody sees"),
                wrong("twice", "username\ngood\nbad\ngood\n", 4, "username: \"good\" is on line 2 already"),
                wrong("in a long record", "username,name\r\ngood,b\r\nbad,\"a\r\nb\"\r\n", 3, "name: has no control"),
                wrong("quote is not closed", "username,name\ngood,a\nbad,\"a\nworse,b\n", 3, "quotes of this record"),
                wrong("quote is closed early", "username,name\ngood,a\nbad,\"a\"b\n", 3, "quotes of this record"),
                wrong(
                        "quote swallows all",
                        "username,name\ngood,a\nbad,\"" + "x\n".repeat(600_000),
                        3,
                        "is longer than"));
    }

    private static Arguments wrong(String name, String file, int line, String detail) {
        return Arguments.of(name, file, line, detail);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void importWhenALineIsWrongNamesItAndKeepsNothing(String name, String file, int line, String detail) {
        String good = Product.name("good");

        JsonNode answer = send(file.replace("good", good).replace("MAIN", main));

        assertThat(counts(answer)).containsExactly(0, 0, 0);
        assertThat(answer.path("errors").size()).as(answer.toString()).isOne();
        JsonNode error = answer.path("errors").path(0);
        assertThat(error.propertyNames()).containsExactly("line", "detail");
        assertThat(error.path("line").asInt()).as(answer.toString()).isEqualTo(line);
        assertThat(error.path("detail").asString())
                .contains(detail.replace("good", good).replace("MAIN", main))
                .hasSizeLessThan(500);
        assertThat(isThere(good)).isFalse();
    }

    @Test
    void importWhenSeveralLinesAreWrongNamesEachOnce() {
        JsonNode answer = send("""
                username,email,enabled
                %s,ada,maybe
                %s,,
                ,bob,
                %s,,
                """.formatted(ada, bob, bob));

        assertThat(answer.path("errors").findValuesAsString("line")).containsExactly("2", "4", "5");
        assertThat(answer.path("errors").path(0).path("detail").asString())
                .isEqualTo("enabled: is true or false; email: is an e-mail address such as ada@example.org");
        assertThat(answer.path("errors").path(2).path("detail").asString()).contains("is on line 3 already");
    }

    /** No value has a line break in it, so such a record is wrong itself. */
    @Test
    void importWhenRecordsSpanLinesCountsLinesAsAnEditorDoes() {
        JsonNode answer = send("username,name\nx,\"a\n\nb\r\nc\"\r\n\n\r\ny\nz,\"a\nb\"\ny");

        assertThat(answer.path("errors").findValuesAsString("line")).containsExactly("2", "8", "9", "11");
    }

    @Test
    void importWhenMoreThanAThousandLinesAreWrongCountsTheOthers() {
        String file = "username\n" + "good\n".repeat(700) + "x\0\n".repeat(1200);

        JsonNode errors = send(file).path("errors");

        // the first of the good ones is no error, and those behind it are found last
        assertThat(errors.size()).isEqualTo(1001);
        assertThat(errors.path(0).path("line").asInt()).isEqualTo(3);
        assertThat(errors.path(999).path("line").asInt()).isEqualTo(1002);
        assertThat(errors.path(1000).path("line").asInt()).isEqualTo(1003);
        assertThat(errors.path(1000).path("detail").asString()).isEqualTo("From here on, 899 more lines are wrong");
    }

    @Test
    void importWhenItIsNotUtf8NamesTheLinesAndWhatToDo() throws IOException {
        byte[] file =
                ("username,name\n" + ada + ",Ada\n" + bob + ",Bör\nc,d\ne,é\n").getBytes(StandardCharsets.ISO_8859_1);

        JsonNode answer = exchange(PATH, "text/csv", file).expect(200).json();

        assertThat(answer.path("errors").findValuesAsString("line")).isEqualTo(List.of("3", "5"));
        assertThat(answer.path("errors").findValuesAsString("detail"))
                .allSatisfy(detail -> assertThat(detail).contains("not UTF-8").contains("CSV UTF-8"));
        assertThat(isThere(ada)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-16, text/csv",
        "UTF-16LE, text/csv",
        "x-UTF-16LE-BOM, text/csv",
        "windows-1252, text/csv; charset=windows-1252",
        "ISO-8859-1, text/csv; charset=iso-8859-1",
        "UTF-8, text/csv; charset=UTF-8"
    })
    void importWhenTheCharsetIsToldIsRead(String charset, String type) {
        byte[] file = ("username,name\r\n" + ada + ",Börge\r\n").getBytes(Charset.forName(charset));

        assertThat(counts(exchange(PATH, type, file).expect(200).json())).containsExactly(1, 0, 0);

        assertThat(user(ada).path("name").asString()).isEqualTo("Börge");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "username;name;groups;enabled\r\nADA;Ada L.;\"Finance; Report readers \";WAHR\r\n;;;\r\n",
                "sep=;\r\nusername;name;groups;enabled\r\nADA;Ada L.;\"Finance;Report readers\";1\r\n",
                "sep=,\nusername,name,groups,enabled\nADA,Ada L.,Finance;Report readers,yes\n",
                "username\tname\tgroups\tenabled\nADA\tAda L.\tFinance; Report\u00a0readers\tTRUE\n",
                "username,name,groups,enabled\rADA,Ada L.,Finance;Report readers,\r,,,\r",
                "\n,,,,\nUserName , NAME,Groups,enabled,,\n ADA\u00a0,Ada L.,Finance;Report readers,true,,\n,,,,,\n , ,,\n",
                "\ufeffUser Name,Name,GROUPS,Enabled\n\ufeffADA\u200b,\u201cAda L.\u201d, Finance ;Report readers,oui\n",
                "username,name,groups,enabled\n\"=\"\"ADA\"\"\",=\"Ada L.\",'=Finance;Report readers,y\n"
            })
    void importWhenWrittenAsSpreadsheetsDoIsRead(String file) {
        JsonNode answer = send(file.replace("ADA", ada).replace("'=", ""));

        assertThat(counts(answer)).as(answer.toString()).containsExactly(1, 0, 0);
        assertThat(user(ada).path("name").asString()).isEqualTo("Ada L.");
        assertThat(user(ada).path("groups")).hasToString("[\"Finance\",\"Report readers\"]");
        assertThat(user(ada).path("enabled").asBoolean()).isTrue();
    }

    @Test
    void importWhenANewUsernameHasLettersOfSeveralScriptsWarns() {
        String mixed = ada + "\u0430";

        JsonNode first = send("username,name\n" + ada + ",Ada\n" + mixed + ",Eve\n");

        assertThat(counts(first)).containsExactly(2, 0, 0);
        assertThat(first.path("warnings")).hasSize(1);
        assertThat(first.path("warnings").path(0).asString()).contains(mixed, "CYRILLIC");
        // it is known by now
        assertThat(send("username,name\n" + mixed + ",Eve B.\n")
                        .path("warnings")
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void importWhenItIsAWorkbookSaysWhatToDo() {
        JsonNode answer = exchange(PATH, "text/csv", new byte[] {'P', 'K', 3, 4, 20, 0, 6, 0})
                .expect(200)
                .json();

        assertThat(answer.path("errors").path(0).path("detail").asString()).contains("CSV UTF-8");
    }

    @Test
    void importWhenAUserWasCalledSoBeforeThereWereRulesChangesIt() {
        String odd = ada + "\u200b";
        send("username\n" + ada + "\n");
        bridge.bean(JdbcClient.class)
                .sql("update local_user set username = :odd where username = :username")
                .param("odd", odd)
                .param("username", ada)
                .update();

        // somebody else of such a name is refused
        assertThat(counts(send("username,name\n" + ada + "\u200bx,Ada\n"))).containsExactly(0, 0, 0);
        String id = bridge.bean(JdbcClient.class)
                .sql("select id from local_user where username = :odd")
                .param("odd", odd)
                .query(String.class)
                .single();
        bridge.put("/api/v1/users/" + id, Map.of("username", odd, "name", "Ada"))
                .expect(200);
        bridge.put("/api/v1/users/" + id, Map.of("username", odd + "b")).expectProblem(400, "invalid-request");
        bridge.put("/api/v1/users/" + id, Map.of("username", ada)).expect(200);
    }

    @Test
    void importWhenSavedByASpreadsheetIsRead() {
        String file =
                "\ufeff\"username\",\"name\"\r\n\"%s\",\"Lovelace, \"\"Ada\"\" 😀\"\r\n\r\n%s,𐀀 �".formatted(ada, bob);

        assertThat(counts(send(file))).containsExactly(2, 0, 0);

        assertThat(user(ada).path("name").asString()).isEqualTo("Lovelace, \"Ada\" 😀");
        assertThat(user(bob).path("name").asString()).isEqualTo("𐀀 �");
    }

    @Test
    void importWhenThereIsOnlyAHeaderChangesNothing() {
        assertThat(send("username,name")).hasToString("{\"created\":0,\"updated\":0,\"unchanged\":0,\"errors\":[]}");
    }

    @Test
    void importWhenAUserIsDisabledOrBecomesAnotherEndsTheLease() {
        String same = Product.name("same");
        send("username,subject:%s\n%s,s|1\n%s,s|2\n%s,s|3\n".formatted(main, ada, bob, same));
        for (String username : List.of(ada, bob, same)) {
            bridge.token(main, username).expect(200);
        }
        String file = "username,name,enabled,subject:%s\n%s,,false,s|1\n%s,,,s|4\n%s,Same,,s|3\n"
                .formatted(main, ada, bob, same);

        send(PATH + "?dryRun=true", file);
        assertThat(List.of(lease(ada), lease(bob), lease(same))).containsOnly("active");
        send(file);

        assertThat(lease(ada)).startsWith("revok");
        assertThat(lease(bob)).startsWith("revok");
        assertThat(lease(same)).isEqualTo("active");
        bridge.token(main, ada).expectProblem(403, "user-disabled");
        assertThat(bridge.token(main, bob).expect(200).json().path("subject").asString())
                .isEqualTo("s|4");
    }

    @Test
    void replaceWhenTheSubjectChangesEndsTheLeaseOfTheFormerOne() {
        send("username,subject:%s\n%s,s|5\n".formatted(main, ada));
        bridge.token(main, ada).expect(200);
        String id = user(ada).path("id").asString();

        bridge.put("/api/v1/users/" + id, Map.of("username", ada, "name", "Ada", "subjects", Map.of(main, "s|5")))
                .expect(200);
        assertThat(lease(ada)).isEqualTo("active");
        bridge.put("/api/v1/users/" + id, Map.of("username", ada, "subjects", Map.of(main, "s|6")))
                .expect(200);

        assertThat(lease(ada)).startsWith("revok");
    }

    /** Those who are kept are in {@code UserImportTests}; here they would be in everybody's way. */
    @Test
    void importWhenThereAreAHundredThousandLinesTakesThemAll() {
        Answer answer = bridge.exchange(bridge.request(PATH + "?dryRun=true", bridge.adminToken())
                .header("Content-Type", "text/csv; charset=utf-8")
                .POST(BodyPublishers.ofInputStream(() -> manyLines(Product.name("many"), 100_000))));

        assertThat(counts(answer.expect(200).json())).containsExactly(100_000, 0, 0);
    }

    private static InputStream manyLines(String prefix, int count) {
        return new GeneratedLines(
                "username,name,email,emailVerified,groups,enabled,subject:" + main + "\n",
                number -> prefix + "-" + number + ",User " + number + ",user-" + number
                        + "@example.org,true,Finance;Group " + number % 100 + ",true,hr|" + number + "\n",
                count);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "text/plain",
                "application/x-www-form-urlencoded",
                "text/csv; charset=utf-16",
                ""
            })
    void importWhenItIsNotCsvIsUnsupported(String type) {
        exchange(PATH, type, bytes("username\n" + ada + "\n")).expectProblem(415, "unsupported-media-type");
        assertThat(isThere(ada)).isFalse();
    }

    @Test
    void importWhenItIsTooLargeIsRefused() throws IOException {
        assertThat(announced(64 * 1024 * 1024 + 1)).contains("HTTP/1.1 413").contains("content-too-large");
    }

    @Test
    void importWhenTheCallerIsNoAdminIsForbidden() {
        String token = bridge.client(new String[] {"bridge.apps"}, "*");

        bridge.exchange(bridge.request(PATH, token)
                        .header("Content-Type", "text/csv")
                        .POST(BodyPublishers.ofString("username\n" + ada + "\n")))
                .expectProblem(403, "forbidden");
    }

    @Test
    void importWhenTheBodyBreaksOffKeepsNothing() throws IOException {
        URI url = URI.create(bridge.url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            write(socket.getOutputStream(), 1000, "username\n" + ada + "\n");
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }

        assertThat(isThere(ada)).isFalse();
        assertThat(counts(send("username\n" + ada + "\n"))).containsExactly(1, 0, 0);
    }

    private static String announced(long length) throws IOException {
        URI url = URI.create(bridge.url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(10_000);
            write(socket.getOutputStream(), length, "");
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void write(OutputStream out, long length, String body) throws IOException {
        out.write(bytes("POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                + bridge.adminToken() + "\r\nContent-Type: text/csv\r\nContent-Length: " + length + "\r\n\r\n" + body));
        out.flush();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode send(String file) {
        return send(PATH, file);
    }

    private static JsonNode send(String path, String file) {
        return exchange(path, "text/csv", bytes(file)).expect(200).json();
    }

    private static Answer exchange(String path, String type, byte[] body) {
        var request = bridge.request(path, bridge.adminToken()).POST(BodyPublishers.ofByteArray(body));
        return bridge.exchange(type.isEmpty() ? request : request.header("Content-Type", type));
    }

    private static List<Integer> counts(JsonNode answer) {
        return Stream.of("created", "updated", "unchanged")
                .map(count -> answer.path(count).asInt())
                .toList();
    }

    private static JsonNode users(String username) {
        return bridge.get("/api/v1/users?username=" + username)
                .expect(200)
                .json()
                .path("items");
    }

    private static JsonNode user(String username) {
        return users(username).path(0);
    }

    private static boolean isThere(String username) {
        return !users(username).isEmpty();
    }

    private static String lease(String username) {
        return bridge.get("/api/v1/leases?connection=" + main + "&user=" + username)
                .expect(200)
                .json()
                .path("items")
                .path(0)
                .path("state")
                .asString();
    }

    private String rows() {
        return bridge.bean(JdbcClient.class)
                .sql("""
                        select u.*, u.xmin, m.*, m.xmin from local_user u left join subject_mapping m on m.user_id = u.id
                        where u.username in (:users) order by u.username
                        """)
                .param("users", List.of(ada, bob))
                .query()
                .listOfRows()
                .toString();
    }

    private static int version(String username) {
        return bridge.bean(JdbcClient.class)
                .sql("select version from local_user where username = :username")
                .param("username", username)
                .query(Integer.class)
                .single();
    }

    private static String groups(int count) {
        return IntStream.range(0, count).mapToObj(number -> "g" + number).collect(Collectors.joining(";"));
    }
}
