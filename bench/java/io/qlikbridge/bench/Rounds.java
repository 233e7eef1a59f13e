package io.qlikbridge.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What came of targets that were measured flat out, in turns.
 *
 * @param runs of each target, by its name
 * @param others which share of the processors other programs took meanwhile; NaN where that is not known
 */
record Rounds(Map<String, List<Measured>> runs, double others) {

    /** @param time of one run */
    static Rounds of(List<Target> targets, int connections, int rounds, Duration time) throws IOException {
        Map<String, List<Measured>> runs = new LinkedHashMap<>();
        Duration busyBefore = Machine.busy();
        Duration oursBefore = used(targets);
        long begin = System.nanoTime();
        for (int round = 0; round < rounds; round++) {
            for (Target target : targets) {
                runs.computeIfAbsent(target.name(), ignored -> new ArrayList<>())
                        .add(Driver.flatOut(target, connections, time));
            }
        }
        if (busyBefore == null) {
            return new Rounds(runs, Double.NaN);
        }
        double all = Measured.seconds(Duration.ofNanos(System.nanoTime() - begin))
                * Processors.all().count();
        Duration busy = Machine.busy().minus(busyBefore);
        return new Rounds(runs, Measured.seconds(busy.minus(used(targets).minus(oursBefore))) / all);
    }

    /** The processor time of all that takes part. */
    private static Duration used(List<Target> targets) {
        Duration driver = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        return targets.stream()
                .map(Target::program)
                .distinct()
                .map(Program::processorTime)
                .reduce(driver.plus(Database.processorTime()), Duration::plus);
    }

    /** The median of a figure over the target's runs; NaN where there was no such target. */
    double median(String target, ToDoubleFunction<Measured> figure) {
        if (!runs.containsKey(target)) {
            return Double.NaN;
        }
        return Measured.median(runs.get(target).stream().mapToDouble(figure).toArray());
    }

    double perSecond(String target) {
        return median(target, Measured::perSecond);
    }

    double p99(String target) {
        return median(target, run -> run.millis(0.99));
    }

    String failures(String target) {
        return Measured.failures(runs.get(target));
    }

    int reconnected(String target) {
        return runs.get(target).stream().mapToInt(Measured::reconnected).sum();
    }
}
