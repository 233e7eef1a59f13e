package io.qlikbridge.issuing;

import io.qlikbridge.simulator.ApiKey;
import io.qlikbridge.simulator.SimulatedTenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What must hold of the keys at a tenant and of the rows about them, whatever went wrong: of the number of keys at any
 * moment, of the rest as soon as things have settled. Watches from its making on, so it is made before the first lease.
 */
final class LeaseInvariants {

    private static final String BRIDGES = "qlik-identity-bridge/";

    /** A user's keys of ours: the one in use, and the one it takes the place of. */
    private static final int MOST_KEYS = 2;

    private final JdbcClient jdbc;
    private final SimulatedTenant tenant;
    private final String connection;
    private final String ours;
    private final List<ApiKey> foreign = new ArrayList<>();
    private final Queue<String> tooMany = new ConcurrentLinkedQueue<>();

    /** @param connection the only one to the tenant */
    LeaseInvariants(JdbcClient jdbc, SimulatedTenant tenant, String connection) {
        this.jdbc = jdbc;
        this.tenant = tenant;
        this.connection = connection;
        this.ours = BRIDGES + installation(jdbc) + "/";
        tenant.onKeyMade(this::count);
    }

    /** Gives the subject two keys that are none of ours: one of its own, and one of another installation of the bridge. */
    void plantForeignKeys(String subject) {
        foreign.add(tenant.makeKey(subject, "somebody else's", Duration.ofDays(1)));
        foreign.add(tenant.makeKey(subject, BRIDGES + UUID.randomUUID() + "/" + UUID.randomUUID(), Duration.ofDays(1)));
    }

    /** The subject's active keys of this installation. */
    List<ApiKey> keysOf(String subject) {
        return tenant.activeKeys(subject).stream().filter(this::isOurs).toList();
    }

    /** Waits until everything holds, and fails with what does not. */
    void awaitSettled(Duration longest) {
        Awaitility.await()
                .atMost(longest)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> Assertions.assertThat(broken()).isEmpty());
    }

    /** What does not hold now, in words. */
    List<String> broken() {
        List<String> broken = new ArrayList<>(tooMany);
        // keys before rows and rows again after: what is on its way between the two is not told of twice
        Map<String, ApiKey> keys = tenant.keys().stream().collect(Collectors.toMap(ApiKey::id, Function.identity()));
        List<Row> rows = rows();
        Set<String> usable = rows.stream().map(Row::key).collect(Collectors.toSet());
        keys.values().stream()
                .filter(key -> isActive(key) && isOurs(key) && !usable.contains(key.id()))
                .forEach(key -> broken.add("key " + key.id() + " of " + key.ownerSubject()
                        + " is active, and no active or superseded lease has it: " + rowsOf(key)));
        rows.stream()
                .filter(row -> row.lasts() && (!keys.containsKey(row.key()) || !isActive(keys.get(row.key()))))
                .forEach(row -> broken.add("lease " + row.id() + " of " + row.username() + " is " + row.state()
                        + ", and its key " + row.key() + " is not active"));
        foreign.stream()
                .filter(key ->
                        !keys.containsKey(key.id()) || !keys.get(key.id()).equals(key))
                .forEach(key -> broken.add("a key that is none of ours was touched: " + key));
        return broken;
    }

    private void count(ApiKey made) {
        List<ApiKey> keys = keysOf(made.ownerSubject());
        if (keys.size() > MOST_KEYS) {
            tooMany.add(made.ownerSubject() + " had " + keys.size() + " active keys of ours: "
                    + keys.stream()
                            .map(key -> key.description().substring(ours.length()) + " " + rowsOf(key))
                            .toList());
        }
    }

    private boolean isOurs(ApiKey key) {
        return key.description().startsWith(ours);
    }

    private static boolean isActive(ApiKey key) {
        return key.status().equals("active");
    }

    private List<Row> rows() {
        return jdbc.sql("""
                        select id, username, state, qlik_key_id as key, expires_at > now() + interval '1 second' as lasts
                        from lease where connection_id = :connection and state in ('ACTIVE', 'SUPERSEDED')
                        """).param("connection", connection).query(Row.class).list();
    }

    /** What the database says of the operation that made the key. */
    private String rowsOf(ApiKey key) {
        UUID operation = UUID.fromString(key.description().substring(ours.length()));
        return jdbc.sql("""
                        select state || coalesce(' (' || failure || ')', '') from lease where operation = :operation
                        union all
                        select case when failed_at is null then 'ISSUING' else 'FAILED' end || coalesce(' (' || failure || ')', '')
                        from issue_attempt where operation = :operation
                        """)
                .param("operation", operation)
                .query(String.class)
                .optional()
                .orElse("no row");
    }

    private static UUID installation(JdbcClient jdbc) {
        jdbc.sql("insert into lease_installation (id) values (:id) on conflict do nothing")
                .param("id", UUID.randomUUID())
                .update();
        return jdbc.sql("select id from lease_installation").query(UUID.class).single();
    }

    private record Row(UUID id, String username, String state, String key, boolean lasts) {}
}
