package io.qlikbridge.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which refusals get a row of their own. The first of its kind does; equal ones are counted for a minute, and told together. So
 * are those of a caller who has had {@value #MOST_ROWS} rows within a minute, whatever they are about: what one caller can make
 * the audit grow by is bounded, and so is what is remembered here.
 *
 * @param <K> what makes refusals equal, such as {@link Kind}
 */
final class RefusalCounts<K> {

    static final int MOST_ROWS = 30;
    static final int MOST_ACTORS = 10_000;
    static final Duration WINDOW = Duration.ofMinutes(1);

    /**
     * What makes refusals equal. For which user is not a part of it: a caller can name any.
     *
     * @param path as it stands in the row
     */
    record Kind(String code, String method, String path) {}

    /**
     * Refusals that had no row of their own.
     *
     * @param kind {@code null} where they were of several kinds
     * @param actor {@code null} where they were of several actors
     */
    record Counted<K>(@Nullable String actor, @Nullable K kind, long count, Instant since) {}

    private static final class Window {

        private final Instant since;
        private long count;

        Window(Instant since) {
            this.since = since;
        }
    }

    private static final class Actor<K> {

        private final Map<K, Window> kinds = new HashMap<>();
        private @Nullable Window others;
    }

    private final Map<String, Actor<K>> actors = new HashMap<>();
    private @Nullable Window others;

    /** Whether this one has to have a row; it is counted otherwise. */
    synchronized boolean isFirst(String name, K kind, Instant now) {
        Actor<K> actor = actors.get(name);
        if (actor == null) {
            if (actors.size() >= MOST_ACTORS) {
                others = counted(others, now);
                return false;
            }
            actor = new Actor<>();
            actors.put(name, actor);
        }
        Window window = actor.kinds.get(kind);
        if (window != null) {
            window.count++;
            return false;
        }
        if (actor.kinds.size() >= MOST_ROWS) {
            actor.others = counted(actor.others, now);
            return false;
        }
        actor.kinds.put(kind, new Window(now));
        return true;
    }

    /**
     * What was counted and not told yet, of windows that are over. Counting of what has been told goes on for another window,
     * so that a lasting flood has a row a minute; what did not come again is forgotten.
     *
     * @param all whether also of those that are not over
     */
    synchronized List<Counted<K>> take(Instant now, boolean all) {
        List<Counted<K>> taken = new ArrayList<>();
        Iterator<Map.Entry<String, Actor<K>>> each = actors.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<String, Actor<K>> entry = each.next();
            Actor<K> actor = entry.getValue();
            actor.others =
                    told(entry.getKey(), null, actor.others, now, all, taken).orElse(null);
            actor.kinds.entrySet().removeIf(kind -> {
                Optional<Window> left = told(entry.getKey(), kind.getKey(), kind.getValue(), now, all, taken);
                left.ifPresent(kind::setValue);
                return left.isEmpty();
            });
            if (actor.kinds.isEmpty() && actor.others == null) {
                each.remove();
            }
        }
        others = told(null, null, others, now, all, taken).orElse(null);
        return taken;
    }

    private static Window counted(@Nullable Window window, Instant now) {
        Window known = window == null ? new Window(now) : window;
        known.count++;
        return known;
    }

    /** The window that goes on; empty where there is nothing left to count. */
    private static <K> Optional<Window> told(
            @Nullable String actor,
            @Nullable K kind,
            @Nullable Window window,
            Instant now,
            boolean all,
            List<Counted<K>> taken) {
        if (window == null || !all && now.isBefore(window.since.plus(WINDOW))) {
            return Optional.ofNullable(window);
        }
        if (window.count == 0) {
            return Optional.empty();
        }
        taken.add(new Counted<>(actor, kind, window.count, window.since));
        return Optional.of(new Window(now));
    }
}
