package io.qlikbridge.front;

/** How far a caller reads what it is sent. Times are those of {@link System#nanoTime}. For one thread. */
final class ReadingPace {

    private final FrontLimits limits;
    private long sent;
    private long unread;
    private long lastLook = System.nanoTime();

    ReadingPace(FrontLimits limits) {
        this.limits = limits;
    }

    void sent(int bytes) {
        sent += bytes;
    }

    /** Another answer begins: the time for it does not count from what was read before. */
    void begin(long pending) {
        sent = pending;
        if (pending == 0) {
            unread = 0;
        }
    }

    /**
     * Looked at a few times a second.
     *
     * @param pending bytes that wait to be read
     * @return whether the caller has taken longer than it may
     */
    boolean isOver(long now, long pending) {
        unread = pending > 0 ? unread + now - lastLook : 0;
        lastLook = now;
        return unread > limits.answer(sent - pending).toNanos();
    }

    /** For how many nanoseconds something has been waiting to be read, as far as was seen. */
    long unread() {
        return unread;
    }
}
