package io.qlikbridge.apps;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.Product.Answer;
import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.SimulatedTenant;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A user whose subject an admin changes while others ask for it. It has three subjects that are nobody else's; each sees one
 * app, named like the subject.
 */
final class ChangingUser {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Product bridge;
    private final SimulatedTenant tenant;
    private final String connection;
    private final List<String> subjects;
    private final String username;
    private final String id;
    private final List<Span> history = new CopyOnWriteArrayList<>();
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger used = new AtomicInteger();
    private volatile String subject;

    ChangingUser(Product bridge, SimulatedTenant tenant, String connection) {
        this.bridge = bridge;
        this.tenant = tenant;
        this.connection = connection;
        String own = Product.name("changing");
        this.subjects =
                IntStream.range(0, 3).mapToObj(number -> own + "|" + number).toList();
        subjects.forEach(one -> tenant.apps(one, App.of(one)));
        this.subject = subjects.getFirst();
        history.add(new Span(subject));
        this.username = bridge.user(connection, subject);
        this.id = bridge.get("/api/v1/users?username=" + username)
                .expect(200)
                .json()
                .at("/items/0/id")
                .asString();
    }

    /** The admin remaps, disables and enables, or revokes. */
    void isChanged(Random random) {
        int dice = random.nextInt(10);
        if (dice < 6) {
            subject = subjects.get(random.nextInt(subjects.size()));
            put(true);
        } else if (dice < 8) {
            put(false);
            put(true);
        } else {
            bridge.post("/api/v1/leases/revoke", Map.of("connection", connection, "user", username))
                    .expect(200);
        }
    }

    void readsAppsOfItsOwn() {
        long asked = System.nanoTime();
        Answer answer = bridge.apps(connection, username);
        if (wasServed(answer)) {
            assertThat(answer.json().path("items").findValuesAsString("name"))
                    .singleElement()
                    .isIn(subjectsSince(asked));
        }
    }

    void passesReadsOnAsItself() {
        long asked = System.nanoTime();
        Answer answer = bridge.passed(connection, username, "/api/v1/items?resourceType=app");
        if (answer.status() == 401 && answer.text().contains("errors")) {
            // the tenant's own word: both keys were revoked while they were on their way
            return;
        }
        if (wasServed(answer)) {
            assertThat(answer.json().path("data").findValuesAsString("name"))
                    .singleElement()
                    .isIn(subjectsSince(asked));
        }
    }

    void fetchesATokenOfItsOwn() {
        long asked = System.nanoTime();
        Answer answer = bridge.token(connection, username);
        if (!wasServed(answer)) {
            return;
        }
        String told = answer.json().path("subject").asString();
        assertThat(told).isIn(subjectsSince(asked));
        assertThat(answer.json().path("qlikUserId").asString())
                .isEqualTo(tenant.userId(told).orElseThrow());
        HttpResponse<String> apps = appsWith(answer.json().path("token").asString());
        if (apps.statusCode() == 200) {
            JsonNode items = JsonMapper.shared().readTree(apps.body()).path("data");
            assertThat(items.findValuesAsString("name")).containsOnly(told);
            used.incrementAndGet();
        } else {
            // revoked meanwhile
            assertThat(apps.statusCode()).isEqualTo(401);
        }
    }

    void seesItsOwnAtLast() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(bridge.apps(connection, username)
                                .expect(200)
                                .json()
                                .path("items")
                                .findValuesAsString("name"))
                        .containsExactly(subject));
        assertThat(bridge.token(connection, username)
                        .expect(200)
                        .json()
                        .path("subject")
                        .asString())
                .isEqualTo(subject);
    }

    /** How many answers were judged. */
    int served() {
        return served.get();
    }

    /** How many tokens were still good at the tenant when they were judged there. */
    int used() {
        return used.get();
    }

    private void put(boolean enabled) {
        Span next = enabled ? new Span(subject) : new Span("");
        history.add(next);
        bridge.put(
                        "/api/v1/users/" + id,
                        Map.of("username", username, "enabled", enabled, "subjects", Map.of(connection, subject)))
                .expect(200);
        history.stream()
                .filter(span -> span != next && span.end == Long.MAX_VALUE)
                .forEach(Span::ends);
    }

    private boolean wasServed(Answer answer) {
        if (answer.status() == 200) {
            served.incrementAndGet();
            return true;
        }
        assertThat(answer.code()).as(answer.text()).isIn("user-disabled", "too-busy", "tenant-unreachable");
        return false;
    }

    /** What the user was at any moment since, those of a change under way included; nothing where it was disabled. */
    private List<String> subjectsSince(long moment) {
        return history.stream()
                .filter(span -> span.end == Long.MAX_VALUE || span.end - moment >= 0)
                .map(span -> span.subject)
                .filter(one -> !one.isEmpty())
                .distinct()
                .toList();
    }

    private HttpResponse<String> appsWith(String token) {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create(tenant.url() + "/api/v1/items?resourceType=app"))
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** The user is this subject; from before the admin says so until after it has said otherwise. */
    private static final class Span {

        private final String subject;
        private volatile long end = Long.MAX_VALUE;

        private Span(String subject) {
            this.subject = subject;
        }

        private void ends() {
            end = System.nanoTime();
        }
    }
}
