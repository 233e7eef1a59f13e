package io.qlikbridge.upstream;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of a JSON object: all else of it is passed over, however much that is.
 *
 * @param values the members that are strings, numbers or truth values
 * @param objects those that are objects, and what is wanted of them
 * @param lists those that are lists of objects, or of values
 */
public record Wanted(Set<String> values, Map<String, Wanted> objects, Map<String, Elements> lists) {

    /** That it is a JSON object. */
    public static final Wanted NOTHING = new Wanted(Set.of(), Map.of(), Map.of());

    /**
     * @param most how many are wanted
     * @param each of which an element that is no object is left as {@code null}; {@code null} where values are wanted, of which
     *     an element that is none is left so
     */
    record Elements(int most, @Nullable Wanted each) {}

    public static Wanted values(String... names) {
        return new Wanted(Set.of(names), Map.of(), Map.of());
    }

    public Wanted withObject(String name, Wanted object) {
        return new Wanted(values, Map.of(name, object), lists);
    }

    public Wanted withList(String name, int most, Wanted each) {
        return new Wanted(values, objects, Map.of(name, new Elements(most, each)));
    }

    /** With a list of strings, numbers or truth values. */
    public Wanted withValues(String name, int most) {
        return new Wanted(values, objects, Map.of(name, new Elements(most, null)));
    }
}
