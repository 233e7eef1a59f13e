package io.qlikbridge.consoleoverview;

import io.qlikbridge.lease.LeaseState;
import io.qlikbridge.leasecensus.CountedLeases;
import io.qlikbridge.leasecensus.PastLeases;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The living leases of the last 24 hours as bars, one for each hour, in the units of the picture.
 *
 * @param bars of the hours in which somebody counted, the oldest first
 * @param most what the height stands for
 */
record LeaseChart(List<Bar> bars, long most) {

    static final int HOURS = 24;
    static final int LEFT = 36;
    static final int TOP = 8;
    static final int HEIGHT = 100;

    private static final int STEP = 15;
    private static final int GAP = 2;
    private static final int HOURS_A_LABEL = 6;
    private static final int TEN = 10;
    private static final int THOUSAND = 1_000;
    private static final int MILLION = 1_000_000;

    /**
     * An hour.
     *
     * @param at when it was counted
     * @param x the left edge
     * @param labelled whether its hour stands below it
     * @param used the height of those in use, from below
     * @param other the height of the others, upon these
     */
    record Bar(Instant at, PastLeases leases, int x, boolean labelled, int used, int other) {

        public int width() {
            return STEP - GAP;
        }

        public int usedTop() {
            return TOP + HEIGHT - used;
        }

        public int otherTop() {
            return usedTop() - other;
        }

        public long inUse() {
            return leases.of(LeaseState.ACTIVE);
        }

        public long replaced() {
            return leases.of(LeaseState.SUPERSEDED);
        }

        public long ending() {
            return leases.of(LeaseState.REVOKING);
        }

        public long issuing() {
            return leases.of(LeaseState.ISSUING);
        }

        public Instant hour() {
            return at.truncatedTo(ChronoUnit.HOURS);
        }
    }

    /** @param past counts of earlier; the present hour is what is there now */
    static LeaseChart of(List<PastLeases> past, CountedLeases now) {
        Instant present = now.at().truncatedTo(ChronoUnit.HOURS);
        Map<Instant, PastLeases> hours = new TreeMap<>();
        past.forEach(one -> hours.put(one.at().truncatedTo(ChronoUnit.HOURS), one));
        hours.put(present, new PastLeases(now.at(), now.byState()));
        hours.keySet().removeIf(hour -> hour.isAfter(present) || !hour.isAfter(present.minus(HOURS, ChronoUnit.HOURS)));
        long most =
                round(hours.values().stream().mapToLong(LeaseChart::all).max().orElse(0));
        List<Bar> bars = new ArrayList<>();
        hours.forEach((hour, leases) -> {
            int slot = HOURS - 1 - (int) ChronoUnit.HOURS.between(hour, present);
            int used = height(leases.of(LeaseState.ACTIVE), most);
            bars.add(new Bar(
                    leases.at(),
                    leases,
                    LEFT + slot * STEP,
                    slot % HOURS_A_LABEL == HOURS_A_LABEL - 1,
                    used,
                    height(all(leases), most) - used));
        });
        return new LeaseChart(List.copyOf(bars), most);
    }

    public int width() {
        return LEFT + HOURS * STEP;
    }

    public int bottom() {
        return TOP + HEIGHT;
    }

    public String mostText() {
        return brief(most);
    }

    public String halfText() {
        return brief(most / 2);
    }

    /** As short as the room beside the picture: {@code 250}, {@code 50k}, {@code 2.5M}. */
    private static String brief(long count) {
        if (count < THOUSAND) {
            return Long.toString(count);
        }
        boolean thousands = count < MILLION;
        return BigDecimal.valueOf(count)
                        .divide(BigDecimal.valueOf(thousands ? THOUSAND : MILLION))
                        .stripTrailingZeros()
                        .toPlainString()
                + (thousands ? "k" : "M");
    }

    private static long all(PastLeases leases) {
        return leases.states().values().stream().mapToLong(Long::longValue).sum();
    }

    private static int height(long count, long most) {
        return Math.toIntExact(Math.round((double) count * HEIGHT / most));
    }

    /** The next of 10, 20, 50, 100 and so on. */
    private static long round(long count) {
        long power = TEN;
        while (power * TEN < count) {
            power *= TEN;
        }
        for (int times : new int[] {1, 2, 5}) {
            if (power * times >= count) {
                return power * times;
            }
        }
        return power * TEN;
    }
}
