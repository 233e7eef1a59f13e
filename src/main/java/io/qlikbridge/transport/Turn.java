package io.qlikbridge.transport;

import java.util.concurrent.locks.LockSupport;

/**
 * Counts what a thread works through without a pause, and has it pause every so many bytes. A virtual thread has no time
 * slice: one that always finds something to do keeps its processor from all others for as long as it does. For one thread; one of the
 * system's is let go on.
 */
final class Turn {

    private static final int BYTES = 64 * 1024;

    private int since;

    /** @param bytes worked through; negative at an end */
    public void count(int bytes) {
        since += bytes;
        if (since >= BYTES && Thread.currentThread().isVirtual()) {
            since = 0;
            // no Thread.yield(): two that yield to each other would leave what comes from outside the scheduler waiting
            LockSupport.parkNanos(1);
        }
    }
}
