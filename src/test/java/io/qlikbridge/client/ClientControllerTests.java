package io.qlikbridge.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.TestDatabase;
import io.qlikbridge.TestHttp;
import io.qlikbridge.TestHttp.Answer;
import io.qlikbridge.oauth.TokenEndpointTests;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "bridge.access.admin-secret=" + TokenEndpointTests.SECRET)
@ContextConfiguration(initializers = TestDatabase.class)
@ResourceLock(TokenEndpointTests.SECRET)
class ClientControllerTests {

    private static final String CLIENTS = "/api/v1/clients";

    @LocalServerPort
    private int port;

    private TestHttp http;
    private String admin;

    @BeforeEach
    void signIn() {
        http = new TestHttp(port);
        admin = http.token("admin", TokenEndpointTests.SECRET);
    }

    @Test
    void addWhenNewShowsTheSecretThisOnce() {
        Answer added = add("job-1", "[\"bridge.tokens\", \"bridge.apps\"]", "[\"ada\", \"group:Finance\", \"ada\"]");

        assertThat(added.status()).isEqualTo(201);
        assertThat(added.header("Location")).isEqualTo("/api/v1/clients/job-1");
        assertThat(added.header("Cache-Control")).isEqualTo("no-store");
        JsonNode json = added.json();
        assertThat(json.get("scopes").toString()).isEqualTo("[\"bridge.apps\",\"bridge.tokens\"]");
        assertThat(json.get("users").toString()).isEqualTo("[\"ada\",\"group:Finance\"]");
        assertThat(json.get("secret").asString()).matches("[A-Za-z0-9_-]{43}");
        Answer read = http.get(CLIENTS + "/job-1", admin);
        assertThat(read.json().propertyNames())
                .containsExactly("clientId", "scopes", "users", "connections", "createdAt");
        assertThat(Instant.parse(read.json().get("createdAt").asString()))
                .isEqualTo(Instant.parse(json.get("createdAt").asString()));
        assertThat(http.get(CLIENTS + "?limit=200", admin).body())
                .contains("\"job-1\"")
                .doesNotContain(json.get("secret").asString(), "secret", "bcrypt");
        assertThat(http.get("/api/v1/me", http.token("job-1", json.get("secret").asString()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void addWhenUsersAreManyKeepsThemAll() {
        List<String> names = IntStream.range(0, 2000)
                .mapToObj(each -> "\"user-" + each + "\"")
                .toList();

        add("many", "[\"bridge.tokens\"]", names.toString());

        assertThat(http.get(CLIENTS + "/many", admin).json().get("users")).hasSize(2000);
    }

    @Test
    void addWhenIdIsTakenIsRefused() {
        add("twice", "[\"bridge.apps\"]", "[]");

        Answer again = add("twice", "[\"bridge.apps\"]", "[]");

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("client-exists");
    }

    @Test
    void addWhenAskedManyTimesAtOnceAddsOne() throws Exception {
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int times = 0; times < 8; times++) {
            calls.add(() -> add("race", "[\"bridge.apps\"]", "[]").status());
        }
        List<Integer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
        }

        assertThat(answers).containsOnlyOnce(201).containsOnly(201, 409);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"clientId\": \"a b\", \"scopes\": [\"bridge.apps\"]}  | #/clientId",
                "{\"clientId\": \"\", \"scopes\": [\"bridge.apps\"]}     | #/clientId",
                "{\"scopes\": [\"bridge.apps\"]}                         | #/clientId",
                "{\"clientId\": \"a\"}                                   | #/scopes",
                "{\"clientId\": \"a\", \"scopes\": []}                   | #/scopes",
                "{\"clientId\": \"a\", \"scopes\": [null]}               | #/scopes/0",
                "{\"clientId\": \"a\", \"scopes\": [\"bridge.app\"]}     | #/scopes/0",
                "{\"clientId\": \"a\", \"scopes\": \"bridge.apps\"}      | #/scopes",
                "{\"clientId\": \"a\", \"scopes\": [\"bridge.apps\"], \"users\": [\"b\", \" c\"]}   | #/users/1",
                "{\"clientId\": \"a\", \"scopes\": [\"bridge.apps\"], \"users\": [\"group:\"]}      | #/users/0",
                "{\"clientId\": \"a\", \"scopes\": [\"bridge.apps\"], \"users\": [null]}            | #/users/0",
                "{\"clientId\": \"a\", \"scopes\": [\"bridge.apps\"], \"secret\": \"b\"}            | #/secret",
            })
    void addWhenSomethingIsWrongPointsAtIt(String body, String pointer) {
        Answer answer = http.post(CLIENTS, admin, body);

        assertThat(answer.code()).isEqualTo("invalid-request");
        assertThat(answer.json().get("errors").get(0).get("pointer").asString()).isEqualTo(pointer);
        assertThat(http.get(CLIENTS + "/a", admin).code()).isEqualTo("client-not-found");
    }

    @Test
    void renewSecretEndsTheOneBefore() {
        String before = add("renewed", "[\"bridge.apps\"]", "[\"*\"]")
                .json()
                .get("secret")
                .asString();

        Answer renewed = http.post(CLIENTS + "/renewed/secret", admin, null);

        assertThat(renewed.status()).isEqualTo(200);
        assertThat(renewed.header("Cache-Control")).isEqualTo("no-store");
        String after = renewed.json().get("secret").asString();
        assertThat(after).isNotEqualTo(before);
        assertThat(http.tokenRequest("renewed", before, "grant_type=client_credentials")
                        .status())
                .isEqualTo(401);
        assertThat(http.tokenRequest("renewed", after, "grant_type=client_credentials")
                        .status())
                .isEqualTo(200);
        assertThat(renewed.json().get("users").toString()).isEqualTo("[\"*\"]");
    }

    @Test
    void renewSecretWhenTheOperatorSetItIsRefused() {
        assertThat(http.post(CLIENTS + "/admin/secret", admin, null).code()).isEqualTo("conflict");
        assertThat(http.post(CLIENTS + "/nobody/secret", admin, null).code()).isEqualTo("client-not-found");
    }

    @Test
    void deleteEndsTheClient() {
        String secret =
                add("ended", "[\"bridge.apps\"]", "[]").json().get("secret").asString();

        assertThat(http.delete(CLIENTS + "/ended", admin).status()).isEqualTo(204);

        assertThat(http.tokenRequest("ended", secret, "grant_type=client_credentials")
                        .status())
                .isEqualTo(401);
        assertThat(http.delete(CLIENTS + "/ended", admin).code()).isEqualTo("client-not-found");
    }

    @ParameterizedTest
    @CsvSource({"revoke=perhaps", "revoke=2"})
    void deleteAndRenewWhenRevokeIsNoTruthAreRefused(String query) {
        add("kept", "[\"bridge.apps\"]", "[]");

        assertThat(http.delete(CLIENTS + "/kept?" + query, admin).code()).isEqualTo("invalid-request");
        assertThat(http.post(CLIENTS + "/kept/secret?" + query, admin, null).code())
                .isEqualTo("invalid-request");

        assertThat(http.get(CLIENTS + "/kept", admin).status()).isEqualTo(200);
    }

    @Test
    void deleteWhenItWasHandedNothingRevokesNothing() {
        add("idle", "[\"bridge.apps\"]", "[]");

        assertThat(http.post(CLIENTS + "/idle/secret?revoke=true", admin, null).status())
                .isEqualTo(200);
        assertThat(http.delete(CLIENTS + "/idle?revoke=true", admin).status()).isEqualTo(204);
        assertThat(http.delete(CLIENTS + "/idle?revoke=true", admin).code()).isEqualTo("client-not-found");
    }

    @Test
    void deleteWhenItIsTheLastAdminIsRefused() {
        add("no-admin", "[\"bridge.apps\"]", "[]");

        Answer last = http.delete(CLIENTS + "/admin", admin);

        assertThat(last.status()).isEqualTo(409);
        assertThat(last.code()).isEqualTo("conflict");
        assertThat(last.detail()).contains("last");
        add("second-admin", "[\"bridge.admin\"]", "[]");
        assertThat(http.delete(CLIENTS + "/second-admin", admin).status()).isEqualTo(204);
    }

    @Test
    void listIsPagedInTheOrderOfIds() {
        for (String id : List.of("page-c", "page-A", "page-b")) {
            add(id, "[\"bridge.apps\"]", "[]");
        }
        List<String> ids = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = http.get(CLIENTS + "?limit=2" + next, admin).json();
            StreamSupport.stream(page.get("items").spliterator(), false)
                    .forEach(item -> ids.add(item.get("clientId").asString()));
            next = page.get("next").isNull()
                    ? null
                    : "&after=" + page.get("next").asString();
        } while (next != null);

        assertThat(ids).isSorted().doesNotHaveDuplicates().contains("admin", "page-A", "page-b", "page-c");
    }

    private Answer add(String id, String scopes, String users) {
        return http.post(
                CLIENTS, admin, "{\"clientId\": \"" + id + "\", \"scopes\": " + scopes + ", \"users\": " + users + "}");
    }
}
