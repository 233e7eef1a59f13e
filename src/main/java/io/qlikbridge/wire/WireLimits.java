package io.qlikbridge.wire;

import java.time.Duration;

/**
 * How long a connection may take for what depends on its caller, and how many there may be.
 *
 * @param most connections that are served; beyond it those that wait for their callers are given up
 * @param pending how many more may wait to be served
 * @param head for the whole of a request's address and headers
 * @param answer for waiting until the caller reads, and a second more for each {@value #SLOWEST} bytes that were read
 */
public record WireLimits(int most, int pending, Duration head, Duration answer) {

    /** So long nothing is given up, for what was just sent to be looked at. */
    static final Duration GRACE = Duration.ofMillis(10);

    private static final Duration LEAVE = Duration.ofSeconds(5);
    private static final int SLOWEST = 16 * 1024;

    /** For the caller to read the end of an answer, and to send the rest of a body that nobody wanted. */
    Duration leave() {
        return answer.compareTo(LEAVE) < 0 ? answer : LEAVE;
    }

    Duration answer(long written) {
        return answer.plusSeconds(Math.max(0, written) / SLOWEST);
    }
}
