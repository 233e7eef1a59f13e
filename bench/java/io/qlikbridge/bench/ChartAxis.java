package io.qlikbridge.bench;

import java.util.Collection;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Where values are along an axis.
 *
 * @param marks values that are named beside it, the first at its beginning and the last at its end
 * @param logarithmic whether equal ratios are equally long, instead of equal differences
 */
record ChartAxis(List<Double> marks, boolean logarithmic) {

    private static final int MOST_STEPS = 5;

    /** From nothing to at least the greatest of the values, in round steps. */
    static ChartAxis linear(Collection<double[]> values) {
        double most = all(values).max().orElse(1);
        double decade = Math.pow(10, Math.floor(Math.log10(most / MOST_STEPS)));
        double step = DoubleStream.of(1, 2, 5, 10)
                .map(factor -> factor * decade)
                .filter(size -> size * MOST_STEPS >= most)
                .findFirst()
                .orElse(most);
        int steps = Math.max(1, (int) Math.ceil(most / step));
        return new ChartAxis(
                IntStream.rangeClosed(0, steps).mapToObj(mark -> mark * step).toList(), false);
    }

    /** Over the powers of ten between which the values are. */
    static ChartAxis decades(Collection<double[]> values) {
        int from = (int) Math.floor(Math.log10(all(values).min().orElse(1)));
        int to = (int) Math.ceil(Math.log10(all(values).max().orElse(10)));
        return new ChartAxis(
                IntStream.rangeClosed(from, Math.max(to, from + 1))
                        .mapToObj(power -> Math.pow(10, power))
                        .toList(),
                true);
    }

    private static DoubleStream all(Collection<double[]> values) {
        return values.stream().flatMapToDouble(DoubleStream::of).filter(value -> value > 0);
    }

    /** 0 at its beginning, 1 at its end. */
    double share(double value) {
        return (place(value) - place(marks.getFirst())) / (place(marks.getLast()) - place(marks.getFirst()));
    }

    private double place(double value) {
        return logarithmic ? Math.log(value) : value;
    }
}
