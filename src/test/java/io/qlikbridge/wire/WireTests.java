package io.qlikbridge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WireTests {

    private static final WireLimits LIMITS = new WireLimits(100, 100, Duration.ofSeconds(10), Duration.ofSeconds(20));
    private static final Duration BODY = Duration.ofSeconds(30);

    private SocketChannel channel;
    private Wire wire;

    @BeforeEach
    void open() throws IOException {
        channel = SocketChannel.open();
        wire = new Wire(channel, 0);
    }

    @AfterEach
    void close() throws IOException {
        wire.leave(false, 0);
        channel.close();
    }

    @Test
    void headIsOverWhenItsWholeTimeIsHoweverOftenSomethingComes() {
        wire.enter(seconds(5));
        wire.leave(true, seconds(5));
        for (int second = 6; second <= 15; second++) {
            assertThat(isOver(second, true, false)).isFalse();
            wire.pending();
            wire.enter(seconds(second));
            wire.leave(true, seconds(second));
        }

        assertThat(isOver(16, true, false)).isTrue();
    }

    @Test
    void bodyIsOverWhenItsTimeIsAndItWaitsForMore() {
        serve();

        assertThat(isOver(29, true, false)).isFalse();
        assertThat(isOver(31, false, false)).isFalse();
        assertThat(isOver(31, true, false)).isTrue();
    }

    @Test
    void bodyMayHaveATimeOfItsOwn() {
        serve();
        wire.expectBody(Duration.ofMinutes(10));

        assertThat(isOver(599, true, false)).isFalse();
        assertThat(isOver(601, true, false)).isTrue();
    }

    @Test
    void answerIsOverWhenItsCallerLetItWaitForTooLongAltogether() {
        serve();
        for (int second = 1; second <= 40; second++) {
            // every other second the caller reads a little
            assertThat(isOver(second, false, second % 2 == 0)).isFalse();
        }
        isOver(41, false, true);

        assertThat(isOver(42, false, true)).isTrue();
    }

    @Test
    void answerMayTakeLongAsLongAsWeAreWhoIsWaitedFor() {
        serve();

        assertThat(isOver(3_600, false, false)).isFalse();
    }

    @Test
    void answerMayTakeASecondMoreForEachPieceThatWasRead() {
        assertThat(LIMITS.answer(0)).hasSeconds(20);
        assertThat(LIMITS.answer(10 * 16 * 1024)).hasSeconds(30);
    }

    @Test
    void restOfABodyThatNobodyWantedIsAwaitedForSecondsOnly() {
        serve();
        wire.answered(seconds(1));

        assertThat(isOver(5, true, false)).isFalse();
        assertThat(isOver(7, true, false)).isTrue();
    }

    @Test
    void nextRequestHasTimesOfItsOwn() {
        serve();
        wire.answered(seconds(100));
        wire.leave(false, seconds(100));

        assertThat(isOver(150, true, false)).isFalse();
        wire.enter(seconds(150));
        wire.leave(true, seconds(150));
        assertThat(isOver(159, true, false)).isFalse();
        assertThat(isOver(161, true, false)).isTrue();
    }

    @Test
    void canBeSparedWhileItWaitsForACallerWhoHasNotSignedIn() {
        assertThat(wire.canBeSpared(seconds(1), true)).isTrue();
        wire.pending();
        assertThat(wire.canBeSpared(seconds(1), true)).isFalse();
        serve();
        assertThat(wire.canBeSpared(seconds(1), true)).isTrue();
        assertThat(wire.canBeSpared(seconds(1), false)).isFalse();
        wire.signedIn();
        assertThat(wire.canBeSpared(seconds(1), true)).isFalse();
    }

    @Test
    void canBeSparedNotWhileAThreadIsAtIt() {
        wire.enter(0);

        assertThat(wire.canBeSpared(seconds(1), false)).isFalse();
    }

    private void serve() {
        wire.enter(0);
        wire.serve(() -> 0, 0, BODY);
    }

    private boolean isOver(int second, boolean reading, boolean writing) {
        return wire.isOver(seconds(second), reading, writing, LIMITS);
    }

    private static long seconds(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
