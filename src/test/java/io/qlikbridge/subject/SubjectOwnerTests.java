package io.qlikbridge.subject;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.OneAtATime;
import io.qlikbridge.Product;
import io.qlikbridge.simulator.SimulatedTenant;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** One subject, as Qlik compares it, and who has it: over HTTP, with the whole bridge behind it. */
@OneAtATime
class SubjectOwnerTests {

    private static final Product bridge = Product.undisturbed();

    private static SimulatedTenant tenant;
    private static String main;
    private static String byAddress;

    private final String ada = Product.name("ada");

    @BeforeAll
    static void connect() {
        tenant = SimulatedTenant.start();
        main = bridge.connectTo(tenant);
        byAddress = bridge.connectTo(tenant, Map.of("subjectTemplate", "{email}"));
    }

    @AfterAll
    static void stop() {
        tenant.close();
    }

    @ParameterizedTest
    @CsvSource({"hr|X, HR|X", "straße|X, STRASSE|X", "fi|X, FI|X"})
    void tokenWhenTheNameIsAMappedSubjectInAnotherCaseIsRefused(String mapped, String name) {
        add(ada, Map.of("subjects", Map.of(main, mapped.replace("X", ada))));
        String eve = name.replace("X", ada.toUpperCase(Locale.ROOT));
        add(eve, Map.of());

        bridge.token(main, eve).expectProblem(404, "subject-not-mapped");
        bridge.apps(main, eve).expectProblem(404, "subject-not-mapped");
        bridge.token(main, ada).expect(200);
    }

    @Test
    void appsWhenTheSubjectIsMappedToAnotherInAnotherCaseLaterAreRefused() {
        add(ada, Map.of());
        bridge.apps(main, ada).expect(200);

        JsonNode answer = add(Product.name("bob"), Map.of("subjects", Map.of(main, ada.toUpperCase(Locale.ROOT))));

        assertThat(answer.path("warnings").path(0).asString())
                .contains("User " + ada)
                .contains("refused");
        bridge.apps(main, ada).expectProblem(404, "subject-not-mapped");
    }

    @Test
    void tokenWhenTwoHaveOneVerifiedAddressIsForTheFirstUntilItIsDisabled() {
        Map<String, Object> address = Map.of("email", ada + "@example.org", "emailVerified", true);
        Map<String, Object> inCapitals =
                Map.of("email", ada.toUpperCase(Locale.ROOT) + "@EXAMPLE.org", "emailVerified", true);
        add(ada, address);
        String eve = Product.name("partner");
        add(eve, inCapitals);
        bridge.token(byAddress, ada).expect(200);

        bridge.token(byAddress, eve).expectProblem(404, "subject-not-mapped");
        bridge.apps(byAddress, eve).expectProblem(404, "subject-not-mapped");
        bridge.token(byAddress, ada).expect(200);

        String id = id(ada);
        bridge.put(
                        "/api/v1/users/" + id,
                        Map.of("username", ada, "email", ada + "@example.org", "emailVerified", true, "enabled", false))
                .expect(200);
        bridge.token(byAddress, eve).expect(200);
        bridge.put("/api/v1/users/" + id, Map.of("username", ada, "email", ada + "@example.org", "emailVerified", true))
                .expect(200);
        bridge.token(byAddress, ada).expectProblem(404, "subject-not-mapped");
    }

    @Test
    void tokenWhenManyAskAtOnceIsForOne() throws Exception {
        List<String> names = new ArrayList<>();
        for (int one = 0; one < 8; one++) {
            String name = Product.name("at-once");
            names.add(name);
            add(name, Map.of("email", ada + "@example.org", "emailVerified", true));
        }
        List<Integer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(names.size())) {
            List<Future<Integer>> asked = new ArrayList<>();
            for (String name : names) {
                asked.add(threads.submit(() -> bridge.token(byAddress, name).status()));
            }
            for (Future<Integer> one : asked) {
                answers.add(one.get());
            }
        }

        assertThat(answers).containsOnly(200, 404).containsOnlyOnce(200);
    }

    @Test
    void addWhenAnotherIsMappedToTheSameSaysSoAndAllowsIt() {
        String bob = Product.name("bob");
        assertThat(add(ada, Map.of("subjects", Map.of(main, "hr|" + ada))).path("warnings"))
                .isEmpty();

        JsonNode answer = add(bob, Map.of("subjects", Map.of(main, "HR|" + ada)));
        JsonNode replaced = bridge.put(
                        "/api/v1/users/" + id(bob), Map.of("username", bob, "subjects", Map.of(main, "hr|" + ada)))
                .expect(200)
                .json();

        assertThat(answer.path("warnings").path(0).asString()).contains(ada).contains("upper case");
        assertThat(replaced.path("warnings").path(0).asString()).contains(ada).contains("one user at the tenant");
        bridge.token(main, ada).expect(200);
        assertThat(bridge.get("/api/v1/users/" + id(bob)).expect(200).json().has("warnings"))
                .isFalse();
    }

    @Test
    void importWhenTwoLinesAreTheSameToQlikSaysSo() {
        String bob = Product.name("bob");
        JsonNode answer = bridge.exchange(bridge.request("/api/v1/users/import", bridge.adminToken())
                        .header("Content-Type", "text/csv")
                        .POST(BodyPublishers.ofString(
                                "username,subject:%s\n%s,x|%s\n%s,X|%s\n".formatted(main, ada, ada, bob, ada))))
                .expect(200)
                .json();

        assertThat(answer.path("created").asInt()).isEqualTo(2);
        assertThat(answer.path("warnings").path(0).asString()).contains(ada).contains(bob);
    }

    @Test
    void tokenWhenAFormerVersionWroteTheMappingIsComparedAllTheSame() {
        add(ada, Map.of("subjects", Map.of(main, "a|" + ada)));
        bridge.bean(JdbcClient.class)
                .sql("update subject_mapping set subject = :subject where subject = :former")
                .param("subject", "b|" + ada)
                .param("former", "a|" + ada)
                .update();
        String eve = "B|" + ada;
        add(eve, Map.of());

        bridge.token(main, eve).expectProblem(404, "subject-not-mapped");
        String notAnyMore = "A|" + ada;
        add(notAnyMore, Map.of());
        bridge.token(main, notAnyMore).expect(200);
    }

    @Test
    void startWhenTwoShareASubjectLeavesItToWhoHasTheLease() {
        add(ada, Map.of("email", ada + "@example.org", "emailVerified", true));
        bridge.token(byAddress, ada).expect(200);
        String bob = Product.name("bob");
        add(bob, Map.of("email", ada + "@example.org", "emailVerified", true));
        JdbcClient database = bridge.bean(JdbcClient.class);
        database.sql("delete from subject_by_template").update();

        bridge.bean(SubjectsAtStart.class).afterSingletonsInstantiated();

        bridge.token(byAddress, bob).expectProblem(404, "subject-not-mapped");
        bridge.token(byAddress, ada).expect(200);
    }

    private static JsonNode add(String username, Map<String, Object> more) {
        Map<String, Object> user = new HashMap<>(more);
        user.put("username", username);
        return bridge.post("/api/v1/users", user).expect(201).json();
    }

    private static String id(String username) {
        return bridge.get("/api/v1/users?username=" + username)
                .expect(200)
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asString();
    }
}
