package io.qlikbridge.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.qlikbridge.OneAtATime;
import io.qlikbridge.Product;
import io.qlikbridge.paging.Page;
import io.qlikbridge.paging.PageQuery;
import io.qlikbridge.problem.BridgeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@OneAtATime
class AuditTrailTests {

    private static final Instant NOON = Instant.parse("2020-05-01T12:00:00Z");

    private final Product bridge = Product.undisturbed();
    private final AuditTrail trail = bridge.bean(AuditTrail.class);
    private final String connection = Product.name("read");

    @Test
    void pageBeginsAtTheFirstInstantAndEndsBeforeTheLast() {
        write(NOON.minusMillis(1), "user.create", "{\"n\": 1}");
        write(NOON, "user.create", "{\"n\": 2}");
        write(NOON.plusSeconds(60), "user.create", "{\"n\": 3}");
        write(NOON.plusSeconds(120), "user.create", "{\"n\": 4}");

        assertThat(numbers(NOON, NOON.plusSeconds(120))).containsExactly(3, 2);
        assertThat(numbers(NOON, null)).containsExactly(4, 3, 2);
        assertThat(numbers(null, NOON)).containsExactly(1);
        assertThat(numbers(Instant.EPOCH, Instant.parse("9999-12-31T23:59:59Z")))
                .hasSize(4);
        assertThat(numbers(Instant.parse("-9999-01-01T00:00:00Z"), null)).hasSize(4);
    }

    @Test
    void timesAreTheDatabasesWhateverTheReplicasClockMadeOfTheId() {
        write(NOON, NOON.plus(Duration.ofHours(20)), "user.create", "{\"n\": 1}");
        write(NOON, NOON.minus(Duration.ofHours(20)), "user.create", "{\"n\": 2}");

        assertThat(numbers(NOON, NOON.plusSeconds(1))).containsExactlyInAnyOrder(1, 2);
        assertThat(numbers(NOON.plusSeconds(1), null)).isEmpty();
    }

    @Test
    void pageWhenItEndsBeforeItBeginsIsInvalid() {
        assertThatExceptionOfType(BridgeException.class)
                .isThrownBy(() -> trail.page(filter(NOON, NOON), new PageQuery(null, null)))
                .withMessage("to: is not before the beginning");
    }

    @Test
    void eachGivesEveryEventOnceFromTheNewestToTheOldest() {
        bridge.bean(JdbcClient.class)
                .sql("""
                        insert into audit_event (id, at, actor, action, connection, outcome, details)
                        select cast('0171cff0-0000-7000-8000-' || lpad(to_hex(n), 12, '0') as uuid), :at, 'bridge', 'user.create',
                            :connection, 'success', jsonb_build_object('n', n) from generate_series(1, 1234) as n
                        """)
                .param("at", NOON.atOffset(ZoneOffset.UTC))
                .param("connection", connection)
                .update();

        List<Integer> given = new ArrayList<>();
        trail.each(
                filter(null, null), event -> given.add(event.details().path("n").asInt()));

        assertThat(given).hasSize(1234).doesNotHaveDuplicates().startsWith(1234).endsWith(1);
    }

    @Test
    void refusalsAreCountedByConnectionWithThoseThatHaveNoRowOfTheirOwn() {
        Instant now = Instant.now();
        write(now.minusSeconds(7200), "request.refuse", "{}");
        write(now.minusSeconds(60), "request.refuse", "{}");
        write(now.minusSeconds(30), "request.refuse", "{\"count\": 41}");
        write(now.minusSeconds(20), "request.refuse", "{\"count\": \"many\"}");
        write(now.minusSeconds(10), "user.create", "{}");

        assertThat(trail.refusals(now.minusSeconds(3600)))
                .filteredOn(refused -> refused.connection().equals(connection))
                .singleElement()
                .satisfies(refused -> {
                    assertThat(refused.count()).isEqualTo(43);
                    assertThat(refused.latest()).isBetween(now.minusSeconds(21), now.minusSeconds(19));
                });
    }

    private List<Integer> numbers(Instant from, Instant to) {
        Page<AuditEvent> page = trail.page(filter(from, to), new PageQuery(null, null));
        return page.items().stream()
                .map(event -> event.details().path("n").asInt())
                .toList();
    }

    private AuditFilter filter(Instant from, Instant to) {
        return new AuditFilter(null, null, null, connection, from, to);
    }

    private void write(Instant at, String action, String details) {
        write(at, at, action, details);
    }

    private void write(Instant at, Instant idAt, String action, String details) {
        UUID id = new UUID(idAt.toEpochMilli() << 16 | 0x7000, UUID.randomUUID().getLeastSignificantBits());
        bridge.bean(JdbcClient.class)
                .sql("""
                        insert into audit_event (id, at, actor, action, connection, outcome, details)
                        values (:id, :at, 'bridge', :action, :connection, 'success', cast(:details as jsonb))
                        """)
                .param("id", id)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("action", action)
                .param("connection", connection)
                .param("details", details)
                .update();
    }
}
