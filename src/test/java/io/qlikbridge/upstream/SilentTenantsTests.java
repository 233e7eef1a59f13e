package io.qlikbridge.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.qlikbridge.OneAtATime;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.simulator.MovableClock;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.transport.TenantProperties;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@OneAtATime
class SilentTenantsTests {

    private static final TenantCall CALL = TestCalls.read("https://one.example.org", "ada");
    private static final TenantCall ELSEWHERE = TestCalls.read("https://two.example.org", "ada");
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final IOException SILENCE = new SocketTimeoutException("silent");

    private final MovableClock clock = new MovableClock();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final SilentTenants tenants = new SilentTenants(
            new TenantProperties(Duration.ofSeconds(3), LONG, 64, Duration.ofSeconds(1), Duration.ZERO),
            new CallMeters(registry),
            clock);

    @Test
    void requireWhenAFewCallsGotNoAnswerLetsMoreThrough() {
        silent(SilentTenants.IN_A_ROW - 1);

        for (int call = 0; call < 100; call++) {
            tenants.require(CALL);
        }
    }

    @Test
    void requireWhenSeveralInARowGotNoAnswerTellsSoAtOnce() {
        silent(SilentTenants.IN_A_ROW);

        assertThatExceptionOfType(TenantException.class)
                .isThrownBy(() -> tenants.require(CALL))
                .satisfies(known -> {
                    assertThat(known.code()).isEqualTo(ProblemCode.TENANT_UNREACHABLE);
                    assertThat(known.retryAfter()).isEqualTo(SilentTenants.ASKED_EVERY);
                    assertThat(known.mayHaveActed()).isFalse();
                });
        tenants.require(ELSEWHERE);
        assertThat(registry.get("bridge.tenant.rejections")
                        .tag("reason", "silent")
                        .counter()
                        .count())
                .isOne();
    }

    @Test
    void requireWhenSomeTimeHasPassedLetsOneThroughAndNoOther() {
        silent(SilentTenants.IN_A_ROW);
        for (int again = 0; again < 3; again++) {
            clock.pass(SilentTenants.ASKED_EVERY);

            tenants.require(CALL);

            assertRefused();
            silent(1);
            assertRefused();
        }
    }

    @Test
    void requireWhenTheConnectionTestKnocksAlwaysLetsItThrough() {
        silent(SilentTenants.IN_A_ROW);

        for (int test = 0; test < 3; test++) {
            tenants.require(TestCalls.probe("https://one.example.org"));
        }
        assertRefused();
    }

    @Test
    void requireWhenTheOneIsAnsweredLetsAllThrough() {
        silent(SilentTenants.IN_A_ROW);
        clock.pass(SilentTenants.ASKED_EVERY);
        tenants.require(CALL);

        tenants.heard(CALL);

        tenants.require(CALL);
        tenants.require(CALL);
    }

    @Test
    void requireWhenAnyCallWasAnsweredMeanwhileLetsAllThrough() {
        for (int time = 0; time < 20; time++) {
            silent(SilentTenants.IN_A_ROW - 1);
            tenants.heard(CALL);
        }
        tenants.require(CALL);

        // asked before the tenant spoke, and not answered: that was then
        clock.pass(Duration.ofSeconds(1));
        silent(100);
        tenants.require(CALL);
    }

    @Test
    void requireWhenConnectionsAreRefusedOrCutOffAtOnceLetsAllThrough() {
        for (int time = 0; time < 100; time++) {
            tenants.failed(CALL, new ConnectException("refused"), Duration.ofMillis(2));
            tenants.failed(CALL, new SocketException("reset"), Duration.ofMillis(2));
        }

        tenants.require(CALL);
    }

    private void silent(int times) {
        for (int time = 0; time < times; time++) {
            tenants.failed(CALL, SILENCE, LONG);
        }
    }

    private void assertRefused() {
        assertThatExceptionOfType(TenantException.class).isThrownBy(() -> tenants.require(CALL));
    }
}
