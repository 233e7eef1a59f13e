package io.qlikbridge.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.simulator.MovableClock;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrowdsTests {

    private static final URI ONE = URI.create("https://one.example.org");
    private static final URI TWO = URI.create("https://two.example.org");

    private final MovableClock clock = new MovableClock();
    private final Crowds crowds = new Crowds(clock, 64);

    @Test
    void joinWhenOneTenantHoldsItsShareLeavesRoomForOthers() {
        List<Crowds.Stay> first = joined(ONE, 100);
        List<Crowds.Stay> second = joined(TWO, 100);

        assertThat(first).hasSize(24);
        assertThat(second).hasSize(12);
        assertThat(crowds.join(ONE)).isNull();
        first.forEach(Crowds.Stay::close);
        assertThat(joined(TWO, 100)).hasSize(12);
        assertThat(crowds.held(ONE)).isZero();
    }

    @Test
    void joinWhenMostIsHeldLeavesEachTenantAFew() {
        for (int tenant = 0; tenant < 10; tenant++) {
            assertThat(joined(URI.create("https://t" + tenant + ".example.org"), 100))
                    .hasSizeGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void enterWhenTheTenantMayStillAnswerIsNotBounded() {
        assertThat(entered(ONE, 60)).hasSize(60);
    }

    @Test
    void enterWhenTheTenantHasBeenSilentForASecondIsBounded() {
        List<Crowds.Stay> stays = entered(ONE, 60);
        clock.pass(Duration.ofSeconds(2));

        assertThat(crowds.enter(ONE)).isNull();
        assertThat(crowds.enter(TWO)).isNotNull();

        stays.subList(0, 50).forEach(Crowds.Stay::close);
        assertThat(crowds.enter(ONE)).isNotNull();
    }

    @Test
    void enterWhenTheTenantTricklesIsBoundedAndWhenItKeepsUpIsNot() {
        entered(ONE, 60);
        clock.pass(Duration.ofSeconds(1));
        crowds.heard(ONE);

        assertThat(crowds.enter(ONE)).isNull();

        for (int answer = 0; answer < 100; answer++) {
            crowds.heard(ONE);
        }
        assertThat(crowds.enter(ONE)).isNotNull();
        clock.pass(Duration.ofSeconds(1));
        assertThat(crowds.enter(ONE)).isNotNull();
        clock.pass(Duration.ofSeconds(1));
        assertThat(crowds.enter(ONE)).isNull();
    }

    @Test
    void mostCallsIsWhatOneTenantMayHold() {
        assertThat(crowds.mostCalls()).isEqualTo(24);
    }

    private List<Crowds.Stay> joined(URI host, int times) {
        List<Crowds.Stay> stays = new ArrayList<>();
        for (int time = 0; time < times; time++) {
            Crowds.Stay stay = crowds.join(host);
            if (stay != null) {
                stays.add(stay);
            }
        }
        return stays;
    }

    private List<Crowds.Stay> entered(URI host, int times) {
        List<Crowds.Stay> stays = new ArrayList<>();
        for (int time = 0; time < times; time++) {
            Crowds.Stay stay = crowds.enter(host);
            if (stay != null) {
                stays.add(stay);
            }
        }
        return stays;
    }
}
