package io.qlikbridge.peek;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A look at what is in memory alone, for a thread that must not wait: an event loop. The code that it runs through is the same as ever;
 * wherever that would ask the database, or wait, it ends with {@link NotInMemory}.
 */
public final class Peek {

    private static final ThreadLocal<Boolean> UNDER_WAY = new ThreadLocal<>();

    private Peek() {}

    /** @throws NotInMemory where {@code look} would have to ask or to wait */
    public static <T extends @Nullable Object> T within(Supplier<T> look) {
        UNDER_WAY.set(Boolean.TRUE);
        try {
            return look.get();
        } finally {
            UNDER_WAY.remove();
        }
    }

    /** Whether this thread must not wait. */
    public static boolean isUnderWay() {
        return UNDER_WAY.get() != null;
    }

    /** Stands before whatever may take its time. */
    public static void requireNone() {
        if (isUnderWay()) {
            throw NotInMemory.INSTANCE;
        }
    }
}
