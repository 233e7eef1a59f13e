package io.qlikbridge.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of one run.
 *
 * @param bySecond how many good answers came in the first second, in the second one, and so on
 * @param latencies of the good answers in nanoseconds, the shortest first
 * @param failures how many answers were not good, by what was wrong with them
 * @param reconnected how often a connection had to be made anew because the other side ended it
 * @param processorTime of the target's program meanwhile
 * @param databaseTime of the database meanwhile
 */
record Measured(
        long[] latencies,
        int[] bySecond,
        Map<String, Integer> failures,
        int reconnected,
        Duration time,
        Duration processorTime,
        Duration databaseTime) {

    int good() {
        return latencies.length;
    }

    int failed() {
        return failures.values().stream().mapToInt(Integer::intValue).sum();
    }

    double perSecond() {
        return good() / seconds(time);
    }

    /** Of the target alone, for one good answer. */
    double processorMicros() {
        return processorTime.toNanos() / 1000.0 / Math.max(1, good());
    }

    double databaseMicros() {
        return databaseTime.toNanos() / 1000.0 / Math.max(1, good());
    }

    /** @param share 0.99 for the time that 99 of 100 answers took at most */
    double millis(double share) {
        if (latencies.length == 0) {
            return Double.NaN;
        }
        int index = (int) Math.ceil(share * latencies.length) - 1;
        return latencies[Math.clamp(index, 0, latencies.length - 1)] / 1e6;
    }

    /** How many answers of these runs were not good, and what was wrong with them. */
    static String failures(List<Measured> runs) {
        Map<String, Integer> all = new TreeMap<>();
        runs.forEach(run -> run.failures().forEach((what, count) -> all.merge(what, count, Integer::sum)));
        return all.isEmpty() ? "0" : all.toString();
    }

    static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
