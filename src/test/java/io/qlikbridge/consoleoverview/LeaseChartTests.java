package io.qlikbridge.consoleoverview;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.lease.LeaseState;
import io.qlikbridge.leasecensus.CountedLeases;
import io.qlikbridge.leasecensus.LivingLeases;
import io.qlikbridge.leasecensus.PastLeases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeaseChartTests {

    private static final Instant NOW = Instant.parse("2026-03-01T10:30:00Z");

    @Test
    void chartOfANewBridgeIsThePresentHourAlone() {
        LeaseChart chart = LeaseChart.of(List.of(), now(0, 0));

        assertThat(chart.bars()).singleElement().satisfies(bar -> {
            assertThat(bar.x() + bar.width()).isLessThanOrEqualTo(chart.width());
            assertThat(bar.used()).isZero();
            assertThat(bar.other()).isZero();
        });
        assertThat(chart.most()).isEqualTo(10);
    }

    @Test
    void barsStandInTheirHoursAndHoursWithoutACountAreEmpty() {
        LeaseChart chart = LeaseChart.of(
                List.of(
                        past("2026-02-28T11:50:00Z", 50),
                        past("2026-03-01T08:50:00Z", 25),
                        past("2026-03-01T10:20:00Z", 1)),
                now(75, 25));

        assertThat(chart.most()).isEqualTo(100);
        assertThat(chart.bars()).extracting(LeaseChart.Bar::used).containsExactly(50, 25, 75);
        assertThat(chart.bars()).extracting(LeaseChart.Bar::x).containsExactly(36, 36 + 21 * 15, 36 + 23 * 15);
        assertThat(chart.bars().getLast().other()).isEqualTo(25);
        assertThat(chart.bars().getLast().otherTop()).isEqualTo(LeaseChart.TOP);
        assertThat(chart.bars().getLast().at()).isEqualTo(NOW);
    }

    @Test
    void hoursThatAreTooOldOrToComeAreLeftOut() {
        List<PastLeases> past = new ArrayList<>();
        for (int hour = -3; hour < 60; hour++) {
            past.add(past(NOW.minusSeconds(3600L * hour).toString(), 5));
        }

        assertThat(LeaseChart.of(past, now(5, 0)).bars()).hasSize(24);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 10",
        "10, 10",
        "11, 20",
        "21, 50",
        "51, 100",
        "100, 100",
        "101, 200",
        "100000, 100000",
        "123456, 200000",
        "999999, 1000000"
    })
    void heightStandsForARoundNumber(long count, long most) {
        LeaseChart chart = LeaseChart.of(List.of(), now(count, 0));

        assertThat(chart.most()).isEqualTo(most);
        assertThat(chart.bars().getFirst().used()).isBetween(0, LeaseChart.HEIGHT);
    }

    @Test
    void numbersBesideThePictureAreShort() {
        assertThat(LeaseChart.of(List.of(), now(3, 0)).halfText()).isEqualTo("5");
        assertThat(LeaseChart.of(List.of(), now(900, 0)).mostText()).isEqualTo("1k");
        assertThat(LeaseChart.of(List.of(), now(4_000, 0)).halfText()).isEqualTo("2.5k");
        assertThat(LeaseChart.of(List.of(), now(4_000_000, 0)).halfText()).isEqualTo("2.5M");
    }

    private static PastLeases past(String at, long active) {
        return new PastLeases(Instant.parse(at), Map.of(LeaseState.ACTIVE, active));
    }

    private static CountedLeases now(long active, long superseded) {
        ConnectionId main = new ConnectionId("main");
        return new CountedLeases(
                NOW,
                List.of(
                        new LivingLeases(main, LeaseState.ACTIVE, active, 0, 0, null),
                        new LivingLeases(main, LeaseState.SUPERSEDED, superseded, 0, 0, null)));
    }
}
