package io.qlikbridge.changes;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether news arrive. A replica sends itself a heartbeat through the database: whatever was committed before one that came
 * back has been heard of too, since PostgreSQL delivers notifications in the order of the commits.
 */
final class StalenessBound {

    private final long limit;
    private final AtomicLong start = new AtomicLong();
    private volatile long heardUpTo;
    private volatile boolean heard;

    StalenessBound(Duration limit) {
        this.limit = limit.toNanos();
    }

    /** Whether anything may be cached at all. */
    boolean isWanted() {
        return limit > 0;
    }

    /** Whether every change up to the time limit ago has been heard of. */
    boolean isGood() {
        return heard && System.nanoTime() - heardUpTo < limit;
    }

    /** A heartbeat that is sent now. */
    Beat beat() {
        return new Beat(start.get(), System.nanoTime());
    }

    /** One came back. */
    void heard(Beat beat) {
        if (beat.start() == start.get() && (!heard || beat.sentAt() - heardUpTo > 0)) {
            heardUpTo = beat.sentAt();
            heard = true;
        }
    }

    /** News may have been missed: nothing is known until a heartbeat that is sent from now on comes back. */
    void startAnew() {
        start.incrementAndGet();
        heard = false;
    }

    /**
     * @param start after how many new starts it was sent
     * @param sentAt by this process' own clock, in nanoseconds
     */
    record Beat(long start, long sentAt) {

        /** @throws IllegalArgumentException when it is not the text of one */
        static Beat parse(String text) {
            int slash = text.indexOf('/');
            if (slash < 0) {
                throw new IllegalArgumentException("A heartbeat has two parts");
            }
            return new Beat(Long.parseLong(text.substring(0, slash)), Long.parseLong(text.substring(slash + 1)));
        }

        @Override
        public String toString() {
            return start + "/" + sentAt;
        }
    }
}
