package io.qlikbridge.upkeep;

import io.qlikbridge.Product;
import io.qlikbridge.TestHttp;
import io.qlikbridge.TestHttp.Answer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/**
 * Users who list their apps and fetch tokens at whichever replica, while an admin revokes their leases, one by one and all
 * at once. What they are answered is judged as it comes: a failure is no wonder, another's data or an internal error is.
 */
public final class UnrulyUsers implements AutoCloseable {

    private static final Duration TOKEN_USED_FOR = Duration.ofMinutes(5);

    private final String connection;
    private final IntSupplier ports;
    private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final List<Thread> running = new ArrayList<>();
    private volatile boolean stopped;
    private String accessToken = "";
    private Instant accessTokenSince = Instant.MIN;

    /**
     * @param subjects by username; a user sees one app, named like its subject
     * @param ports of a replica to ask next
     */
    public UnrulyUsers(String connection, Map<String, String> subjects, IntSupplier ports, Random random) {
        this.connection = connection;
        this.ports = ports;
        subjects.forEach((user, subject) -> {
            Random own = new Random(random.nextLong());
            running.add(Thread.ofVirtual().start(() -> live(user, subject, own)));
        });
    }

    /** How often what was answered, such as {@code apps 200}. */
    public Map<String, Long> answers() {
        Map<String, Long> sorted = new TreeMap<>();
        answers.forEach((answer, count) -> sorted.put(answer, count.sum()));
        return sorted;
    }

    /** Answers that must not be. */
    public List<String> wrong() {
        return List.copyOf(wrong);
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        for (Thread one : running) {
            one.join();
        }
    }

    private void live(String user, String subject, Random random) {
        String lease = null;
        while (!stopped) {
            pause(300 + random.nextInt(2700));
            try {
                TestHttp bridge = new TestHttp(ports.getAsInt());
                String token = accessToken(bridge);
                int dice = random.nextInt(100);
                if (dice < 50) {
                    judge(
                            "apps",
                            bridge.get("/api/v1/connections/" + connection + "/apps?user=" + user, token),
                            "\"name\":\"" + subject + "\"");
                } else if (dice < 85 || lease == null) {
                    Answer answer = bridge.post(
                            "/api/v1/connections/" + connection + "/token", token, "{\"user\":\"" + user + "\"}");
                    judge("token", answer, "\"subject\":\"" + subject + "\"");
                    lease = answer.status() == 200
                            ? answer.json().path("leaseId").asString()
                            : lease;
                } else if (dice < 95) {
                    judge("revoke one", bridge.delete("/api/v1/leases/" + lease, token), "");
                } else {
                    judge(
                            "revoke all",
                            bridge.post("/api/v1/leases/revoke", token, "{\"user\":\"" + user + "\"}"),
                            "pending");
                }
            } catch (UncheckedIOException killed) {
                count("no answer");
            } catch (IllegalStateException notSignedIn) {
                count("no sign-in");
            }
        }
    }

    private void judge(String asked, Answer answer, String expected) {
        boolean problem = answer.status() >= 400;
        count(asked + " " + answer.status() + (problem ? " " + answer.code() : ""));
        if (problem ? answer.status() == 500 : !answer.body().contains(expected)) {
            wrong.add(asked + ": " + answer.status() + " " + answer.body());
        }
    }

    private void count(String answer) {
        answers.computeIfAbsent(answer, first -> new LongAdder()).increment();
    }

    /** One sign-in for all: checking a secret takes its time. */
    private synchronized String accessToken(TestHttp bridge) {
        if (accessTokenSince.plus(TOKEN_USED_FOR).isBefore(Instant.now())) {
            accessToken = bridge.token("admin", Product.ADMIN_SECRET);
            accessTokenSince = Instant.now();
        }
        return accessToken;
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
