package io.qlikbridge.front;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingStream;

/**
 * Watches by Java's flight recorder for threads that must not wait and do: for a file or a socket, asleep, parked or before a lock. Parking
 * and locks count from some milliseconds on: a lock's holder may have lost its processor.
 */
public final class LoopWatch implements AutoCloseable {

    private static final Duration MOMENT = Duration.ofMillis(50);
    private static final List<String> NEVER =
            List.of("jdk.SocketRead", "jdk.SocketWrite", "jdk.FileRead", "jdk.FileWrite", "jdk.ThreadSleep");
    private static final List<String> BRIEFLY =
            List.of("jdk.ThreadPark", "jdk.JavaMonitorEnter", "jdk.JavaMonitorWait", "jdk.VirtualThreadPinned");

    private final String threads;
    private final RecordingStream recording = new RecordingStream();
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();

    /** @param threads what the names of those that must not wait begin with */
    public LoopWatch(String threads) {
        this.threads = threads;
        NEVER.forEach(name -> watch(name, Duration.ZERO));
        BRIEFLY.forEach(name -> watch(name, MOMENT));
        recording.setReuse(true);
        recording.startAsync();
    }

    private void watch(String event, Duration threshold) {
        recording.enable(event).withThreshold(threshold).withStackTrace();
        recording.onEvent(event, this::look);
    }

    private void look(RecordedEvent event) {
        RecordedThread thread = event.getThread();
        if (thread != null
                && thread.getJavaName() != null
                && thread.getJavaName().startsWith(threads)
                && !loadsClasses(event)
                && !readsChance(event)
                && !isOfTheRecorder(event)) {
            seen.add(event.toString());
        }
    }

    /** Once for each, whoever comes to it first. */
    private static boolean loadsClasses(RecordedEvent event) {
        return event.getStackTrace() != null
                && event.getStackTrace().getFrames().stream()
                        .map(frame -> frame.getMethod().getType().getName())
                        .anyMatch(type -> type.startsWith("jdk.internal.loader.") || type.startsWith("java.util.zip."));
    }

    /** What it waits for without us. */
    private static boolean isOfTheRecorder(RecordedEvent event) {
        return event.hasField("monitorClass")
                && event.getClass("monitorClass") != null
                && event.getClass("monitorClass").getName().startsWith("jdk.jfr.");
    }

    /** That of the system, which never waits for it: for a session of TLS. */
    private static boolean readsChance(RecordedEvent event) {
        return event.hasField("path") && "/dev/urandom".equals(event.getString("path"));
    }

    /** What was seen so far. An event shows some seconds after it happened. */
    public List<String> seen() {
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        recording.stop();
        recording.close();
    }
}
