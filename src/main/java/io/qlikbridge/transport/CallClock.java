package io.qlikbridge.transport;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the calls under way every few milliseconds for those whose time is over. A timer for each call, which hardly ever
 * rings, costs a call to a near tenant more than the rest of it.
 */
final class CallClock {

    private static final Duration LOOKS_EVERY = Duration.ofMillis(20);

    private static final Logger log = LoggerFactory.getLogger(CallClock.class);
    private static final CallClock ONE = new CallClock();

    private final Set<RunningCall> running = ConcurrentHashMap.newKeySet();

    private CallClock() {
        Thread.ofPlatform().daemon().name("tenant-call-deadline").start(this::run);
    }

    static void watch(RunningCall call) {
        ONE.running.add(call);
    }

    static void forget(RunningCall call) {
        ONE.running.remove(call);
    }

    private void run() {
        while (true) {
            try {
                Thread.sleep(LOOKS_EVERY);
                long now = System.nanoTime();
                for (RunningCall call : running) {
                    call.look(now);
                }
            } catch (InterruptedException | RuntimeException | Error fault) {
                // without this clock no call would ever end
                log.error("A look at the calls under way failed", fault);
            }
        }
    }
}
