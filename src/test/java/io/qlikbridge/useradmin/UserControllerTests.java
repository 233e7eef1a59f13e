package io.qlikbridge.useradmin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.qlikbridge.JsonRequests;
import io.qlikbridge.StoreTest;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.problem.Violation;
import io.qlikbridge.subject.LocalUserStore;
import io.qlikbridge.subject.UserLeases;
import io.qlikbridge.username.Username;
import jakarta.persistence.EntityManagerFactory;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.json.JsonMapper;

@StoreTest
class UserControllerTests {

    @Autowired
    private LocalUserStore store;

    @Autowired
    private Connections connections;

    @Autowired
    private Clock clock;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private EntityManagerFactory entities;

    /** What was known of a user when its credentials were ended. */
    private final List<String> revoked = new ArrayList<>();

    /** Who a user was, in the midst of the change, when its former credentials were ended. */
    private final List<String> former = new ArrayList<>();

    private boolean tenantIsDown;
    private boolean formerStay;

    @Autowired
    private SubjectWarnings warnings;

    private JsonRequests requests;

    @BeforeEach
    void start() {
        jdbc.update("delete from local_user");
        jdbc.update("delete from connection");
        for (String id : List.of("main", "other")) {
            jdbc.update(
                    "insert into connection (id, version, type, host, issuer, api_key_expiry, subjects, subject_template,"
                            + " created_at, updated_at) values (?, 0, 'QLIK_CLOUD', 'https://t.qlikcloud.com', 'i', 'P1D',"
                            + " 'DEFAULT', '{username}', now(), now())",
                    id);
        }
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("leases", new KnownLeases());
        requests = new JsonRequests(new UserController(
                new UserRegister(new UserReader(connections), store, beans.getBeanProvider(UserLeases.class), clock),
                warnings));
    }

    @Test
    void addWhenAllIsGivenKeepsIt() throws Exception {
        MvcTestResult added = requests.post("/api/v1/users", """
                        {"username": "ada", "name": "Ada Lovelace", "email": "ada@example.org", "emailVerified": true,
                         "groups": ["Finance", "Report readers"], "enabled": true,
                         "subjects": {"other": "x|1", "main": "hr|4711"}}""").exchange();

        UUID id = store.find(new Username("ada")).orElseThrow().id();
        assertThat(added).hasStatus(HttpStatus.CREATED).hasHeader("Location", "/api/v1/users/" + id);
        assertThat(added).bodyJson().isStrictlyEqualTo("""
                {"id": "%s", "username": "ada", "name": "Ada Lovelace", "email": "ada@example.org", "emailVerified": true,
                 "groups": ["Finance", "Report readers"], "enabled": true,
                 "subjects": {"main": "hr|4711", "other": "x|1"},
                 "createdAt": "2026-03-01T10:00:00.123456Z", "updatedAt": "2026-03-01T10:00:00.123456Z"}""".formatted(id));
        assertThat(requests.get("/api/v1/users/" + id))
                .bodyJson()
                .isStrictlyEqualTo(added.getResponse().getContentAsString());
    }

    @Test
    void addWhenOnlyTheUsernameIsGivenFillsInTheDefaults() {
        assertThat(requests.post("/api/v1/users", "{\"username\": \"ada\"}"))
                .bodyJson()
                .isLenientlyEqualTo("""
                {"username": "ada", "name": null, "email": null, "emailVerified": false, "groups": [], "enabled": true,
                 "subjects": {}}""");
    }

    @Test
    void addWhenUsernameIsTakenIsRefused() {
        add("ada");

        refusedWith(
                ProblemCode.USER_EXISTS,
                requests.post("/api/v1/users", "{\"username\": \"ada\"}").exchange());
        assertThat(requests.post("/api/v1/users", "{\"username\": \"Ada\"}")).hasStatus(HttpStatus.CREATED);
    }

    @Test
    void addWhenSeveralAddTheSameUsernameLetsOneDoIt() throws Exception {
        List<MvcTestResult> answers = atOnce(
                16,
                () -> requests.post("/api/v1/users", "{\"username\": \"ada\"}").exchange());

        assertThat(answers)
                .filteredOn(answer -> answer.getUnresolvedException() == null)
                .hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.getUnresolvedException() != null)
                .allSatisfy(answer -> refusedWith(ProblemCode.USER_EXISTS, answer));
    }

    @Test
    void addWhenEverythingIsWrongTellsEverything() {
        BridgeException refusal = refusal("""
                {"username": " ada", "name": "a\\u0000b", "email": "ada", "emailVerified": true,
                 "groups": ["a", "", "a", null], "subjects": {"main": "", "gone": "x", "No/Slug": "x", "other": null}}""");

        assertThat(refusal.violations())
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder(
                        "#/username",
                        "#/name",
                        "#/email",
                        "#/groups/1",
                        "#/groups/2",
                        "#/groups/3",
                        "#/subjects/main",
                        "#/subjects/gone",
                        "#/subjects/No~1Slug",
                        "#/subjects/other");
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("#/username", "{}"),
                Arguments.of("#/username", "{\"username\": \"\"}"),
                Arguments.of("#/username", "{\"username\": \"a\\u0000\"}"),
                Arguments.of("#/username", "{\"username\": \"a\\ud800\"}"),
                Arguments.of("#/username", "{\"username\": \"" + "x".repeat(256) + "\"}"),
                Arguments.of("#/name", "{\"username\": \"a\", \"name\": \"" + "x".repeat(256) + "\"}"),
                Arguments.of("#/emailVerified", "{\"username\": \"a\", \"emailVerified\": true}"),
                Arguments.of("#/groups", "{\"username\": \"a\", \"groups\": [" + groups(1001) + "]}"),
                Arguments.of("#/groups/0", "{\"username\": \"a\", \"groups\": [\"" + "x".repeat(257) + "\"]}"),
                Arguments.of("#/groups/0", "{\"username\": \"a\", \"groups\": [\"a\\nb\"]}"),
                Arguments.of("#/subjects/main", "{\"username\": \"a\", \"subjects\": {\"main\": \" x\"}}"),
                Arguments.of(
                        "#/subjects/main",
                        "{\"username\": \"a\", \"subjects\": {\"main\": \"" + "x".repeat(256) + "\"}}"),
                Arguments.of("#/subjects/%00", "{\"username\": \"a\", \"subjects\": {\"\\u0000\": \"x\"}}"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void addWhenOneValueIsWrongNamesIt(String pointer, String body) {
        assertThat(refusal(body).violations()).extracting(Violation::pointer).containsExactly(pointer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada", "@example.org", "ada@", "a@b@c", "a da@example.org", "ada@exam\u00a0ple.org", ""})
    void addWhenEmailIsNotPlausibleNamesIt(String email) {
        assertThat(refusal("{\"username\": \"ada\", \"email\": \"" + email + "\"}")
                        .violations())
                .extracting(Violation::pointer)
                .containsExactly("#/email");
    }

    @Test
    void addWhenValuesAreAsLongAsTheyMayBeKeepsThem() {
        String body =
                "{\"username\": \"%s\", \"name\": \"%s\", \"email\": \"%s\", \"groups\": [%s], \"subjects\": {\"main\": \"%s\"}}"
                        .formatted(
                                "u".repeat(255),
                                "n".repeat(255),
                                "e".repeat(242) + "@example.org",
                                groups(999) + ", \"" + "g".repeat(256) + "\"",
                                "s".repeat(255));

        assertThat(requests.post("/api/v1/users", body)).hasStatus(HttpStatus.CREATED);
    }

    @Test
    void listWhenThereAreManyIsInTheOrderOfTheirCharactersAndReadsSubjectsAtOnce() {
        for (String username : List.of("b", "a", "B", "ä", "_", "A")) {
            requests.post(
                            "/api/v1/users",
                            "{\"username\": \"%s\", \"subjects\": {\"main\": \"s-%s\"}}".formatted(username, username))
                    .exchange();
        }
        Statistics statistics = entities.unwrap(SessionFactory.class).getStatistics();
        statistics.setStatisticsEnabled(true);
        statistics.clear();

        MvcTestResult listed = requests.get("/api/v1/users").exchange();

        assertThat(listed)
                .bodyJson()
                .extractingPath("items[*].username")
                .asArray()
                .containsExactly("A", "B", "_", "a", "b", "ä");
        assertThat(listed)
                .bodyJson()
                .extractingPath("items[*].subjects.main")
                .asArray()
                .containsExactly("s-A", "s-B", "s-_", "s-a", "s-b", "s-ä");
        assertThat(statistics.getPrepareStatementCount()).isEqualTo(2);
    }

    @Test
    void listWhenThereAreMoreThanTheLimitAnswersPageByPage() throws Exception {
        List<String> usernames =
                IntStream.range(0, 7).mapToObj(number -> "user-" + number).toList();
        usernames.forEach(this::add);

        List<String> seen = new ArrayList<>();
        String after = "";
        while (after != null) {
            var page = new JsonMapper()
                    .readTree(requests.get("/api/v1/users?limit=3" + (after.isEmpty() ? "" : "&after=" + after))
                            .exchange()
                            .getResponse()
                            .getContentAsString());
            page.get("items").forEach(user -> seen.add(user.get("username").asString()));
            after = page.get("next").isNull() ? null : page.get("next").asString();
        }

        assertThat(seen).containsExactlyElementsOf(usernames);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    username=ada                 | ada
                    username=Ada                 |
                    username=ad                  |
                    username=%25                 |
                    query=AD                     | ada
                    query=ada%20love             | ada
                    query=example.org            | ada,bob
                    query=example_org            |
                    query=%25                    | 100%
                    query=_                      | under_score
                    query=%5C                    | back\\slash
                    query=ärg                    | ärger
                    query=RGER                   | ärger
                    username=ada&query=bob       |
                    query=                       | 100%,ada,back\\slash,bob,under_score,ärger
                    """)
    void listWhenFilteredAnswersWhatFits(String filter, String expected) {
        add("ada", "\"name\": \"Ada Lovelace\", \"email\": \"ada@example.org\"");
        add("bob", "\"email\": \"bob@example.org\"");
        add("100%");
        add("under_score");
        add("back\\\\slash");
        add("ärger");

        assertThat(requests.get(URI.create("/api/v1/users?" + filter)))
                .bodyJson()
                .extractingPath("items[*].username")
                .asArray()
                .containsExactly((Object[]) (expected == null ? new String[0] : expected.split(",")));
    }

    @Test
    void listWhenQueryDiffersInCaseAloneFindsItInTheLettersOfTheDatabase() {
        assumeThat(jdbc.queryForObject("select lower('Ä')", String.class)).isEqualTo("ä");
        add("Ärger");

        assertThat(requests.get("/api/v1/users?query=äRG"))
                .bodyJson()
                .extractingPath("items[*].username")
                .asArray()
                .containsExactly("Ärger");
    }

    @ParameterizedTest
    @ValueSource(strings = {"username", "query", "after"})
    void listWhenAParameterHoldsNulIsRefused(String parameter) {
        refusedWith(
                ProblemCode.INVALID_REQUEST,
                requests.get("/api/v1/users?" + parameter + "={value}", "a\0b").exchange());
    }

    @Test
    void listWhenUsernameIsEmptyIsRefused() {
        refusedWith(
                ProblemCode.INVALID_REQUEST,
                requests.get("/api/v1/users?username=").exchange());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada", "0", "00000000-0000-7000-8000-000000000000"})
    void showReplaceAndDeleteWhenThereIsNoneAreNotFound(String id) {
        refusedWith(
                ProblemCode.USER_NOT_FOUND, requests.get("/api/v1/users/" + id).exchange());
        refusedWith(
                ProblemCode.USER_NOT_FOUND,
                requests.put("/api/v1/users/" + id, "{\"username\": \"ada\"}").exchange());
        refusedWith(
                ProblemCode.USER_NOT_FOUND,
                requests.delete("/api/v1/users/" + id).exchange());
        assertThat(revoked).isEmpty();
    }

    @Test
    void replaceWhenSentWholeReplacesWhole() {
        UUID id = add("ada", "\"name\": \"Ada\", \"groups\": [\"a\"], \"subjects\": {\"main\": \"x\"}");
        jdbc.update("update local_user set created_at = '2025-01-01T00:00:00Z'");

        assertThat(requests.put(
                        "/api/v1/users/" + id, "{\"username\": \"lovelace\", \"subjects\": {\"other\": \"y\"}}"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("""
                {"id": "%s", "username": "lovelace", "name": null, "email": null, "emailVerified": false, "groups": [],
                 "enabled": true, "subjects": {"other": "y"}, "createdAt": "2025-01-01T00:00:00Z",
                 "updatedAt": "2026-03-01T10:00:00.123456Z"}""".formatted(id));
        assertThat(store.find(id).orElseThrow().subjects()).hasSize(1);
        assertThat(revoked).isEmpty();
    }

    @Test
    void replaceWhenRenamedToATakenUsernameIsRefused() {
        add("ada");
        UUID bob = add("bob");

        refusedWith(
                ProblemCode.USER_EXISTS,
                requests.put("/api/v1/users/" + bob, "{\"username\": \"ada\"}").exchange());
    }

    @Test
    void replaceWhenSeveralAreAtItHasNoOtherFailureThanAConflict() throws Exception {
        UUID id = add("ada", "\"subjects\": {\"main\": \"x\"}");

        List<MvcTestResult> answers = atOnce(
                16,
                () -> requests.put(
                                "/api/v1/users/" + id,
                                "{\"username\": \"ada\", \"subjects\": {\"main\": \"" + UUID.randomUUID() + "\"}}")
                        .exchange());

        assertThat(answers)
                .filteredOn(answer -> answer.getUnresolvedException() != null)
                .allSatisfy(answer -> assertThat(answer.getUnresolvedException())
                        .hasCauseInstanceOf(OptimisticLockingFailureException.class));
        assertThat(answers).anySatisfy(answer -> assertThat(answer).hasStatusOk());
    }

    @Test
    void replaceWhenDisabledEndsTheCredentialsOnceThatIsStored() {
        UUID id = add("ada");

        assertThat(requests.put("/api/v1/users/" + id, "{\"username\": \"ada\", \"enabled\": false}"))
                .hasStatusOk();

        assertThat(revoked).containsExactly(id + " enabled=false");
    }

    @Test
    void replaceWhenCredentialsCouldNotBeEndedIsFinishedByTheNextOne() {
        UUID id = add("ada");
        tenantIsDown = true;
        refusedWith(
                ProblemCode.TENANT_UNREACHABLE,
                requests.put("/api/v1/users/" + id, "{\"username\": \"ada\", \"enabled\": false}")
                        .exchange());
        tenantIsDown = false;

        requests.put("/api/v1/users/" + id, "{\"username\": \"ada\", \"enabled\": false}")
                .exchange();

        assertThat(revoked).containsExactly(id + " enabled=false");
    }

    @Test
    void deleteWhenThereEndsTheCredentialsOfADisabledUserFirst() {
        UUID id = add("ada", "\"subjects\": {\"main\": \"x\"}");

        assertThat(requests.delete("/api/v1/users/" + id)).hasStatus(HttpStatus.NO_CONTENT);

        assertThat(revoked).containsExactly(id + " enabled=false");
        assertThat(store.find(id)).isEmpty();
        assertThat(jdbc.queryForObject("select count(*) from subject_mapping", Long.class))
                .isZero();
    }

    @Test
    void deleteWhenCredentialsCannotBeEndedLeavesTheUserDisabled() {
        UUID id = add("ada");
        tenantIsDown = true;

        refusedWith(
                ProblemCode.TENANT_UNREACHABLE,
                requests.delete("/api/v1/users/" + id).exchange());

        assertThat(store.find(id).orElseThrow().user().enabled()).isFalse();
    }

    @Test
    void replaceWhenTheSubjectChangesEndsTheFormerCredentialsWithIt() {
        UUID id = add("ada", "\"subjects\": {\"main\": \"x\"}");

        requests.put("/api/v1/users/" + id, "{\"username\": \"ada\", \"subjects\": {\"main\": \"y\"}}")
                .exchange();

        assertThat(former).containsExactly(id + " main=y");
        assertThat(revoked).isEmpty();
    }

    @Test
    void replaceWhenFormerCredentialsCannotBeEndedChangesNothing() {
        UUID id = add("ada", "\"subjects\": {\"main\": \"x\"}");
        formerStay = true;

        refusedWith(
                ProblemCode.CONFLICT,
                requests.put("/api/v1/users/" + id, "{\"username\": \"ada\", \"subjects\": {\"main\": \"y\"}}")
                        .exchange());

        assertThat(store.find(id).orElseThrow().subjects()).containsValue("x");
    }

    private UUID add(String username) {
        return add(username, "\"groups\": []");
    }

    private UUID add(String username, String more) {
        MvcTestResult added = requests.post("/api/v1/users", "{\"username\": \"" + username + "\", " + more + "}")
                .exchange();
        String location = Objects.requireNonNull(added.getResponse().getHeader("Location"));
        return UUID.fromString(location.substring(location.lastIndexOf('/') + 1));
    }

    private BridgeException refusal(String body) {
        return JsonRequests.refusal(requests.post("/api/v1/users", body).exchange());
    }

    private static void refusedWith(ProblemCode code, MvcTestResult result) {
        assertThat(JsonRequests.refusal(result).code()).isEqualTo(code);
    }

    private static String groups(int count) {
        return String.join(
                ", ",
                IntStream.range(0, count)
                        .mapToObj(number -> "\"g" + number + "\"")
                        .toList());
    }

    private static <T> List<T> atOnce(int callers, Callable<T> call) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<T>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < callers; caller++) {
                answers.add(threads.submit(() -> {
                    start.await();
                    return call.call();
                }));
            }
            start.countDown();
        }
        List<T> results = new ArrayList<>();
        for (Future<T> answer : answers) {
            results.add(answer.get());
        }
        return results;
    }

    private final class KnownLeases implements UserLeases {

        @Override
        public void revoke(UUID id) {
            if (tenantIsDown) {
                throw new BridgeException(ProblemCode.TENANT_UNREACHABLE, "The tenant is down");
            }
            revoked.add(id + " enabled=" + store.find(id).orElseThrow().user().enabled());
        }

        @Override
        public void end(Collection<UUID> users) {
            throw new IllegalStateException("One user is revoked");
        }

        @Override
        public void held(Held told) {
            throw new IllegalStateException("That is of the start");
        }

        @Override
        public void endFormer(Collection<UUID> users) {
            if (formerStay) {
                throw new BridgeException(ProblemCode.CONFLICT, "They are in use");
            }
            users.forEach(user -> former.add(user + " main="
                    + jdbc.queryForObject(
                            "select max(subject) from subject_mapping where user_id = ?", String.class, user)));
        }
    }
}
