package io.qlikbridge.tenant;

/**
 * Marks work that nobody waits for. Its calls to a tenant get a small share of the places, are not made at all while the
 * tenant has asked to be left alone, and never wait: they are refused at once, with {@code too-busy} or
 * {@code tenant-rate-limited} and the time to come back. The mark is on the calling thread alone; work handed to another
 * thread has to be marked there.
 */
public final class Background {

    private static final ScopedValue<Boolean> MARK = ScopedValue.newInstance();

    private Background() {}

    public static void run(Runnable work) {
        ScopedValue.where(MARK, true).run(work);
    }

    public static <T, X extends Throwable> T call(ScopedValue.CallableOp<? extends T, X> work) throws X {
        return ScopedValue.where(MARK, true).<T, X>call(work::call);
    }

    /** Whether the calling thread is doing such work. */
    public static boolean isUnderWay() {
        return MARK.isBound();
    }
}
