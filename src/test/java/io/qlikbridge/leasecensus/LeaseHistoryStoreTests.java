package io.qlikbridge.leasecensus;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.StoreTest;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.lease.LeaseState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@StoreTest
class LeaseHistoryStoreTests {

    private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");

    @Autowired
    private JdbcClient jdbc;

    private LeaseHistoryStore history;

    @BeforeEach
    void empty() {
        jdbc.sql("delete from lease_census").update();
        history = new LeaseHistoryStore(jdbc);
    }

    @Test
    void noteKeepsTheFirstCountOfEachTenMinutesWhoeverCounts() {
        history.note(active(TEN.plusSeconds(30), 5));
        history.note(active(TEN.plusSeconds(60), 6));
        new LeaseHistoryStore(jdbc).note(active(TEN.plusSeconds(90), 7));

        assertThat(history.hourly(TEN)).singleElement().satisfies(past -> {
            assertThat(past.at()).isEqualTo(TEN);
            assertThat(past.of(LeaseState.ACTIVE)).isEqualTo(5);
            assertThat(past.of(LeaseState.REVOKING)).isZero();
        });
    }

    @Test
    void hourlyGivesTheLastCountOfEachHourAndNoneOfHoursWithoutOne() {
        history.note(active(TEN, 1));
        history.note(active(TEN.plus(Duration.ofMinutes(50)), 2));
        history.note(active(TEN.plus(Duration.ofMinutes(190)), 3));

        assertThat(history.hourly(TEN))
                .extracting(past -> past.of(LeaseState.ACTIVE))
                .containsExactly(2L, 3L);
        assertThat(history.hourly(TEN.plus(Duration.ofHours(4)))).isEmpty();
    }

    @Test
    void whatIsOlderThanTwoDaysIsForgotten() {
        history.note(active(TEN, 1));
        history.note(active(TEN.plus(Duration.ofDays(2)), 2));
        assertThat(rows()).isEqualTo(8);

        history.note(active(TEN.plus(Duration.ofDays(2)).plusSeconds(600), 3));

        assertThat(rows()).isEqualTo(8);
    }

    @Test
    void countedLeasesAreAddedUpOverConnections() {
        CountedLeases counted = new CountedLeases(
                TEN,
                List.of(
                        new LivingLeases(new ConnectionId("a"), LeaseState.ACTIVE, 2, 0, 0, null),
                        new LivingLeases(new ConnectionId("b"), LeaseState.ACTIVE, 3, 0, 0, null)));

        assertThat(counted.byState()).containsEntry(LeaseState.ACTIVE, 5L).containsEntry(LeaseState.ISSUING, 0L);
    }

    private int rows() {
        return jdbc.sql("select count(*) from lease_census")
                .query(Integer.class)
                .single();
    }

    private static CountedLeases active(Instant at, long count) {
        return new CountedLeases(
                at, List.of(new LivingLeases(new ConnectionId("main"), LeaseState.ACTIVE, count, 0, 0, null)));
    }
}
