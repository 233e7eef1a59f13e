package io.qlikbridge.front;

import java.time.Duration;

/**
 * How long callers may take, and how much of what they send is held.
 *
 * @param connections open at once, on all event loops; beyond it those that have waited for their callers for longest are closed
 * @param held bytes of heads and bodies that are not whole yet, on all event loops
 * @param longestHead bytes of an address with all headers
 * @param silence in the middle of a request, and before the first
 * @param swallowed of a body that nobody wanted, for its sender to see the answer
 * @param head for the whole of it, from its first byte on
 * @param keepAlive between two requests
 * @param answer for waiting until the caller reads, and a second more for each {@value #SLOWEST} bytes that were read
 */
record FrontLimits(
        int connections,
        long held,
        int longestHead,
        long swallowed,
        Duration silence,
        Duration head,
        Duration keepAlive,
        Duration answer) {

    /** As much of a body as is held until it is whole; of longer ones the application hears at once. */
    static final int LONGEST_BODY = 256 * 1024;

    private static final int CONNECTION_BYTES = 4 * 1024;
    private static final int LEAST_CONNECTIONS = 1_024;
    private static final int SLOWEST = 16 * 1024;

    /** So much of the heap is for connections, and as much for what they send. */
    private static final int SHARE_OF_THE_HEAP = 6;

    private static final int FILES_OF_A_CONNECTION = 2;

    FrontLimits(
            long heap,
            long files,
            int longestHead,
            long swallowed,
            Duration silence,
            Duration head,
            Duration keepAlive,
            Duration answer) {
        this(
                (int) Math.clamp(
                        Math.min(heap / SHARE_OF_THE_HEAP / CONNECTION_BYTES, files / FILES_OF_A_CONNECTION),
                        Math.min(LEAST_CONNECTIONS, files / FILES_OF_A_CONNECTION),
                        Integer.MAX_VALUE),
                heap / SHARE_OF_THE_HEAP,
                longestHead,
                swallowed,
                silence,
                head,
                keepAlive,
                answer);
    }

    Duration answer(long read) {
        return answer.plusSeconds(Math.max(0, read) / SLOWEST);
    }
}
