package io.qlikbridge.signin;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How fast secrets of one client are tried, from wherever they come: {@value #FREE} wrong ones at once, and then one a second.
 * Addresses that have sent a wrong one lately share one lane, those that have not another, so that an honest caller who comes for
 * the first time does not stand in line behind them.
 *
 * <p>The clients are counted in a table of a fixed size, by a hash that nobody else knows. So nothing is pushed out by many made-up
 * clients, and nobody can make one that counts as another.
 */
final class ClientPace {

    static final int FREE = 20;

    /** Who would have to wait longer is told to ask again. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

    private static final int SLOTS = 1 << 14;
    private static final Duration SPACING = Duration.ofSeconds(1);
    private static final Duration AHEAD = SPACING.multipliedBy(FREE - 1);

    private final InstantSource clock;
    private final byte[] key = new byte[16];
    private final Lane[] lanes = new Lane[2 * SLOTS];

    ClientPace(InstantSource clock) {
        this.clock = clock;
        new SecureRandom().nextBytes(key);
    }

    /** @param triedBefore whether a wrong secret has come from the same address, or another is being looked at */
    Lane lane(String client, boolean triedBefore) {
        int slot = 2 * slot(client) + (triedBefore ? 1 : 0);
        synchronized (lanes) {
            Lane lane = lanes[slot];
            if (lane == null) {
                lane = new Lane();
                lanes[slot] = lane;
            }
            return lane;
        }
    }

    private int slot(String client) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(key);
            byte[] hash = digest.digest(client.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getInt() & SLOTS - 1;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The generic cell rate algorithm: when the next try would be due if all before had kept the pace. */
    final class Lane {

        private Instant due = Instant.MIN;

        /** Takes the next place, and tells how long to wait for it; none is taken where that is longer than {@link #LONGEST_WAIT}. */
        synchronized Duration take() {
            Instant now = clock.instant();
            Instant from = due.isAfter(now) ? due : now;
            Duration early = Duration.between(now, from).minus(AHEAD);
            Duration wait = early.isNegative() ? Duration.ZERO : early;
            if (wait.compareTo(LONGEST_WAIT) <= 0) {
                due = from.plus(SPACING);
            }
            return wait;
        }

        synchronized void giveBack() {
            due = due.isBefore(Instant.EPOCH) ? due : due.minus(SPACING);
        }
    }
}
