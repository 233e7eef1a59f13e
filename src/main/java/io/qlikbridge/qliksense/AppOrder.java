package io.qlikbridge.qliksense;

import io.qlikbridge.tenant.App;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The order of an app list. A site does not tell what was used when, so {@code recentlyUsed} goes by the last change.
 *
 * @param sort as it was asked for, {@code name} where nothing was
 */
record AppOrder(String sort) {

    /** As much of a name as counts. */
    private static final int MOST = 200;

    private static final Comparator<AppPlace> ASCENDING =
            Comparator.comparing(AppPlace::key).thenComparing(AppPlace::id);

    static AppOrder of(@Nullable String sort) {
        return new AppOrder(sort == null ? "name" : sort);
    }

    Comparator<AppPlace> comparator() {
        return sort.startsWith("-") ? ASCENDING.reversed() : ASCENDING;
    }

    AppPlace placeOf(App app) {
        return new AppPlace(
                switch (sort.startsWith("-") ? sort.substring(1) : sort) {
                    case "createdAt" -> key(app.createdAt());
                    case "updatedAt", "recentlyUsed" -> key(app.updatedAt());
                    default -> key(app.name());
                },
                app.id());
    }

    /** In the order of time, as text; none before all others. */
    private static String key(@Nullable Instant instant) {
        return instant == null ? "" : String.format(Locale.ROOT, "%016x", instant.toEpochMilli() ^ Long.MIN_VALUE);
    }

    /** Without case; on one line, as a cursor has it. */
    private static String key(String name) {
        String key = name.toLowerCase(Locale.ROOT).replaceAll("\\p{Cntrl}", " ");
        return key.length() > MOST ? key.substring(0, MOST) : key;
    }
}
