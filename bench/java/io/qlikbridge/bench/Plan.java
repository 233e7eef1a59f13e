package io.qlikbridge.bench;

import java.time.Duration;

/** When requests are to start. Times are {@link System#nanoTime}. */
sealed interface Plan {

    /** Whether one may start now, if a connection is free for it. */
    boolean isDue(long now, int started);

    /** Whether none is going to start any more. */
    boolean isOver(long now, int started);

    /** From when the time of the request with this number counts. */
    long startOf(int number, long now);

    /** The next as soon as a connection is free, for so long. */
    record AsManyAsPossible(long end) implements Plan {

        static AsManyAsPossible during(Duration time) {
            return new AsManyAsPossible(System.nanoTime() + time.toNanos());
        }

        @Override
        public boolean isDue(long now, int started) {
            return now - end < 0;
        }

        @Override
        public boolean isOver(long now, int started) {
            return now - end >= 0;
        }

        @Override
        public long startOf(int number, long now) {
            return now;
        }
    }

    /** So many, the next as soon as a connection is free, and none after a while. */
    record SoMany(int count, long end) implements Plan {

        @Override
        public boolean isDue(long now, int started) {
            return !isOver(now, started);
        }

        @Override
        public boolean isOver(long now, int started) {
            return started >= count || now - end >= 0;
        }

        @Override
        public long startOf(int number, long now) {
            return now;
        }
    }

    /**
     * At a steady rate, whatever becomes of those before: a request that finds no connection free has waited since it
     * was to start.
     */
    record AtRate(long start, double nanosBetween, int count) implements Plan {

        static AtRate of(double perSecond, Duration time) {
            return new AtRate(System.nanoTime(), 1e9 / perSecond, (int) (perSecond * Measured.seconds(time)));
        }

        @Override
        public boolean isDue(long now, int started) {
            return started < count && now - startOf(started, now) >= 0;
        }

        @Override
        public boolean isOver(long now, int started) {
            return started >= count;
        }

        @Override
        public long startOf(int number, long now) {
            return start + (long) (number * nanosBetween);
        }
    }
}
