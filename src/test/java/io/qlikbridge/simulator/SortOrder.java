package io.qlikbridge.simulator;

import java.util.Comparator;
import java.util.Map;

/** Reads a {@code sort} parameter: a field with {@code +}, {@code -} or nothing before it. */
final class SortOrder {

    private SortOrder() {}

    /** Refuses anything else, so also the space that an unencoded {@code +} turns into. */
    static <T> Comparator<T> of(String sort, Map<String, Comparator<T>> fields) {
        boolean signed = sort.startsWith("+") || sort.startsWith("-");
        Comparator<T> order = fields.get(signed ? sort.substring(1) : sort);
        if (order == null) {
            throw Refusal.invalid("sort must be one of " + fields.keySet() + " with + or - before it.");
        }
        return sort.startsWith("-") ? order.reversed() : order;
    }
}
