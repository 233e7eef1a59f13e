package io.qlikbridge.wire;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The callers of connections that the front is about to hand on. Each such connection begins with a number of eight bytes, which tells
 * whose it is. That nobody else opens one, the place of the socket sees to: a directory that is the bridge's alone.
 */
public final class FrontedCallers {

    /** How many bytes a number has. */
    public static final int NUMBER = Long.BYTES;

    private final AtomicLong last = new AtomicLong();
    private final ConcurrentHashMap<Long, FrontedCaller> announced = new ConcurrentHashMap<>();

    /** A connection of this caller will come. */
    public long announce(FrontedCaller caller) {
        long number = last.incrementAndGet();
        announced.put(number, caller);
        return number;
    }

    /** The connection will not come; or it has. */
    public void forget(long number) {
        announced.remove(number);
    }

    /** Whose the connection of this number is; {@code null} for a number that was not announced. Known once. */
    @Nullable
    FrontedCaller take(long number) {
        return announced.remove(number);
    }
}
