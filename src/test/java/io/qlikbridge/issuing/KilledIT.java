package io.qlikbridge.issuing;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.BridgeJar;
import io.qlikbridge.BridgeProcess;
import io.qlikbridge.Product;
import io.qlikbridge.TestDatabase;
import io.qlikbridge.TestHttp;
import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.SimulatedTenant;
import io.qlikbridge.upkeep.UnrulyUsers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replicas killed at any moment while keys are issued, renewed and revoked: in every build for {@code bridge.kill.seconds},
 * or {@code -Dbridge.kill.rounds=1000} times, however long that takes. {@code -Dbridge.kill.seed} repeats the moments of a
 * run, as far as chance was in our hands.
 */
@Order(1)
class KilledIT {

    private static final Logger log = LoggerFactory.getLogger(KilledIT.class);

    /** 0 for as many as there is time for. */
    private static final int ROUNDS = Integer.getInteger("bridge.kill.rounds", 0);

    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("bridge.kill.seconds", 50));
    private static final int LEAST_ROUNDS = 3;
    private static final int MOST_ROUNDS = 30;

    /** What users are told when what they ask for is done. */
    private static final Set<String> ANSWERS = Set.of("apps 200", "token 200", "revoke one 204", "revoke all 200");

    private static final long SEED =
            Long.getLong("bridge.kill.seed", ThreadLocalRandom.current().nextLong());
    private static final int USERS = 50;
    private static final int REPLICAS = 2;
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(60);

    private static final Map<String, Object> SETTINGS = Map.ofEntries(
            Map.entry("bridge.tenant.connect-timeout", "PT1S"),
            Map.entry("bridge.tenant.read-timeout", "PT2S"),
            Map.entry("bridge.lease.claim-deadline", "PT4S"),
            Map.entry("bridge.lease.orphan-sweep", "PT1S"),
            Map.entry("bridge.lease.installation-sweep", "PT10S"),
            Map.entry("bridge.lease.refused-for", "PT0.1S"),
            // a key of a minute is renewed after some six seconds
            Map.entry("bridge.lease.renew-at", "0.1"),
            Map.entry("bridge.lease.renewal-margin", "PT1S"),
            Map.entry("db-scheduler.polling-interval", "PT0.5S"),
            Map.entry("db-scheduler.heartbeat-interval", "PT1S"));

    private final Random random = new Random(SEED);
    private final Map<String, String> subjects = new LinkedHashMap<>();
    private final BridgeProcess[] replicas = new BridgeProcess[REPLICAS];
    /** Starts while the others work, and takes the place of the next one that is killed. */
    private BridgeProcess spare;

    private final AtomicIntegerArray ports = new AtomicIntegerArray(REPLICAS);
    private String connection;

    @Test
    @Timeout(value = 12, unit = TimeUnit.HOURS)
    void leasesWhenReplicasAreKilledAtAnyMomentLeaveNothingBehind(@TempDir Path folder) throws Exception {
        log.info("-Dbridge.kill.seed={}", SEED);
        long end = System.nanoTime() + TIME.toNanos();
        Map<String, Object> database = TestDatabase.fresh();
        try (SimulatedTenant tenant = SimulatedTenant.start()) {
            tenant.recordCalls(false);
            BridgeJar jar = BridgeJar.unpack(folder, database, SETTINGS);
            startAll(jar);
            awaitReplicas();
            LeaseInvariants invariants = furnish(database, tenant);
            int rounds = 0;
            UnrulyUsers users = new UnrulyUsers(connection, subjects, this::somePort, random);
            try (users) {
                for (; goesOn(rounds, end, users); rounds++) {
                    kill(jar, rounds);
                }
            }
            log.info(
                    "{} rounds, {} keys made, {} logins: {}",
                    rounds,
                    tenant.keysMade(),
                    tenant.logins(),
                    users.answers());

            assertThat(users.wrong()).isEmpty();
            assertThat(users.answers()).containsKeys(ANSWERS.toArray(String[]::new));
            invariants.awaitSettled(SETTLED_WITHIN);
            everybodyListsApps();
            invariants.awaitSettled(SETTLED_WITHIN);
        } finally {
            closeAll();
        }
    }

    /** Until the time is over and everything that users do was answered once: rounds that kill all replicas leave them little. */
    private static boolean goesOn(int round, long end, UnrulyUsers users) {
        if (ROUNDS > 0) {
            return round < ROUNDS;
        }
        boolean all = users.answers().keySet().containsAll(ANSWERS);
        return round < LEAST_ROUNDS || System.nanoTime() < end || !all && round < MOST_ROUNDS;
    }

    /** Users who are known to the bridge, each with an app and with keys that are none of ours. */
    private LeaseInvariants furnish(Map<String, Object> database, SimulatedTenant tenant) {
        Product replica = Product.at(somePort());
        connection = replica.connectTo(tenant, Map.of("apiKeyExpiry", "PT1M"));
        for (int number = 0; number < USERS; number++) {
            String subject = "killed|" + number;
            tenant.apps(subject, App.of(subject));
            subjects.put(replica.user(connection, subject), subject);
        }
        LeaseInvariants invariants = new LeaseInvariants(TestDatabase.jdbc(database), tenant, connection);
        subjects.values().forEach(invariants::plantForeignKeys);
        return invariants;
    }

    /** Most rounds kill one replica while the other serves, every sixth or so all at once. */
    private void kill(BridgeJar jar, int round) throws Exception {
        Thread.sleep(random.nextInt(1000));
        boolean all = random.nextInt(6) == 0;
        int victim = random.nextInt(REPLICAS);
        for (BridgeProcess replica : replicas) {
            assertThat(replica.isAlive()).isTrue();
        }
        if (all) {
            for (BridgeProcess replica : replicas) {
                replica.kill();
            }
            // in the middle of its start, or not
            closeAll();
            startAll(jar);
        } else {
            replicas[victim].close();
            replicas[victim] = spare;
            spare = jar.start();
        }
        awaitReplicas();
        log.info("Round {}: {}", round + 1, all ? "killed all replicas" : "killed replica " + (victim + 1));
    }

    private void startAll(BridgeJar jar) throws IOException {
        for (int replica = 0; replica < REPLICAS; replica++) {
            replicas[replica] = jar.start();
        }
        spare = jar.start();
    }

    private void closeAll() {
        for (BridgeProcess replica : replicas) {
            if (replica != null) {
                replica.close();
            }
        }
        if (spare != null) {
            spare.close();
        }
    }

    private void awaitReplicas() {
        for (int replica = 0; replica < REPLICAS; replica++) {
            ports.set(replica, replicas[replica].awaitPort());
        }
    }

    private int somePort() {
        return ports.get(ThreadLocalRandom.current().nextInt(REPLICAS));
    }

    private void everybodyListsApps() {
        TestHttp bridge = new TestHttp(somePort());
        String token = bridge.token("admin", Product.ADMIN_SECRET);
        subjects.forEach((user, subject) -> Awaitility.await(user)
                .atMost(SETTLED_WITHIN)
                .untilAsserted(() -> {
                    TestHttp.Answer apps =
                            bridge.get("/api/v1/connections/" + connection + "/apps?user=" + user, token);
                    assertThat(apps.status()).as(apps.body()).isEqualTo(200);
                    assertThat(apps.json().path("items").findValuesAsString("name"))
                            .containsExactly(subject);
                }));
    }
}
