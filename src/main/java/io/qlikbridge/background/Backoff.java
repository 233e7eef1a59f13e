package io.qlikbridge.background;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * When something that failed is tried again: after twice as long each time, up to a longest pause, each shortened by up to
 * a quarter at random so that what failed together does not come back together.
 */
public record Backoff(Duration first, Duration longest, RandomGenerator random) {

    /** For any thread, and no two runs alike. */
    public static final RandomGenerator UNSEEDED =
            () -> ThreadLocalRandom.current().nextLong();

    private static final int MOST_DOUBLINGS = 20;

    public Backoff(Duration first, Duration longest) {
        this(first, longest, UNSEEDED);
    }

    /** @param attempts how many have failed so far, this one included; from 1 */
    public Duration after(int attempts) {
        long doubled = first.toMillis() << Math.min(Math.max(attempts - 1, 0), MOST_DOUBLINGS);
        long pause = Math.min(doubled, longest.toMillis());
        return Duration.ofMillis(pause - random.nextLong(pause / 4 + 1));
    }
}
