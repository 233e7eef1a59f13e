package io.qlikbridge.signin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Slows down whoever tries secrets. A try is taken before the secret is looked at, and counts as a wrong one until it is told
 * to be right, so that many at once are no more tries than many in a row.
 *
 * <p>Of one client at one address, {@value #FREE} wrong ones in a row are free; the next is looked at only after a second, then
 * two, four, and so on up to a minute, one at a time. A right secret, or ten minutes without a wrong one, makes it forget.
 *
 * <p>Addresses can be many, or made up. So tries of one client from all addresses together have a {@linkplain ClientPace pace},
 * once there were too many wrong ones: who comes too early waits, and is not locked out. An address from which the right secret
 * came within a day does not have to.
 *
 * <p>Kept in memory of a bounded size, so each replica counts for itself.
 */
public final class TokenThrottle {

    static final int FREE = 5;

    private static final int MOST = 10_000;
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final Duration TRUSTED = Duration.ofDays(1);

    private record Pair(CallerAddress address, String client) {}

    private record Failures(int count, int underWay, Instant notBefore, Instant forgotten) {

        static final Failures NONE = new Failures(0, 0, Instant.MIN, Instant.MAX);

        Failures begin() {
            return new Failures(count, underWay + 1, notBefore, forgotten);
        }

        Failures end() {
            return new Failures(count, Math.max(0, underWay - 1), notBefore, forgotten);
        }
    }

    private final InstantSource clock;
    private final ClientPace pace;
    private final Cache<Pair, Failures> failures =
            Caffeine.newBuilder().maximumSize(MOST).build();

    /** Where the right secret came from, and until when that counts. Of its own, so that no wrong ones can push it out. */
    private final Cache<Pair, Instant> trusted =
            Caffeine.newBuilder().maximumSize(MOST).build();

    public TokenThrottle(InstantSource clock) {
        this.clock = clock;
        this.pace = new ClientPace(clock);
    }

    /**
     * Asks to try a secret of this client, from this address.
     *
     * @param client as the authorization server has read it, however it was spelled
     */
    Turn take(CallerAddress address, String client) {
        Pair pair = new Pair(address, client);
        Instant now = clock.instant();
        boolean[] taken = {false};
        Failures after = failures.asMap().compute(pair, (same, present) -> {
            Failures known = present == null || present.forgotten().isBefore(now) ? Failures.NONE : present;
            taken[0] = !known.notBefore().isAfter(now)
                    && (known.underWay() == 0 || known.count() + known.underWay() < FREE);
            return taken[0] ? known.begin() : known;
        });
        if (!taken[0]) {
            return after.notBefore().isAfter(now) ? new Refused(Duration.between(now, after.notBefore())) : new Busy();
        }
        if (isTrusted(pair, now)) {
            return new Try(pair, Duration.ZERO, null);
        }
        return paced(pair, after.count() + after.underWay() > 1);
    }

    private Turn paced(Pair pair, boolean triedBefore) {
        ClientPace.Lane lane = pace.lane(pair.client(), triedBefore);
        Duration wait = lane.take();
        if (wait.compareTo(ClientPace.LONGEST_WAIT) > 0) {
            failures.asMap().computeIfPresent(pair, (same, known) -> known.end());
            return new Refused(wait);
        }
        return new Try(pair, wait, lane);
    }

    private boolean isTrusted(Pair pair, Instant now) {
        Instant until = trusted.getIfPresent(pair);
        return until != null && until.isAfter(now);
    }

    /** What comes of asking for a try. */
    sealed interface Turn {}

    /** @param retryAfter how long to wait before asking again */
    record Refused(Duration retryAfter) implements Turn {}

    /** As many secrets as may be wrong are being looked at: what comes of them decides. */
    record Busy() implements Turn {}

    /** A try that was taken, and is ended in exactly one of three ways. */
    public final class Try implements Turn {

        private final Pair pair;
        private final Duration wait;
        private final ClientPace.@Nullable Lane lane;

        private Try(Pair pair, Duration wait, ClientPace.@Nullable Lane lane) {
            this.pair = pair;
            this.wait = wait;
            this.lane = lane;
        }

        /** How long to wait before the secret is looked at. */
        Duration delay() {
            return wait;
        }

        /** The secret was wrong. */
        public void failed() {
            Instant now = clock.instant();
            failures.asMap().compute(pair, (same, known) -> {
                int count = known == null || known.forgotten().isBefore(now) ? 1 : known.count() + 1;
                Duration next = count < FREE ? Duration.ZERO : longerEachTime(count - FREE);
                int underWay = known == null ? 0 : known.end().underWay();
                return new Failures(count, underWay, now.plus(next), now.plus(REMEMBERED));
            });
        }

        /** The secret was right. */
        public void succeeded() {
            failures.invalidate(pair);
            trusted.put(pair, clock.instant().plus(TRUSTED));
            giveBack();
        }

        /** The secret was not looked at. */
        public void abandoned() {
            failures.asMap().computeIfPresent(pair, (same, known) -> known.end());
            giveBack();
        }

        private void giveBack() {
            if (lane != null) {
                lane.giveBack();
            }
        }
    }

    private static Duration longerEachTime(int doublings) {
        Duration wait = Duration.ofSeconds(1L << Math.min(doublings, 6));
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
