package io.qlikbridge.front;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingStream;

/**
 * Watches by Java's flight recorder for threads that must not wait and do: for a file or a socket, asleep, parked or before a lock. Parking
 * and locks count from some milliseconds on, not counting those in which all threads were stopped: a lock's holder may have lost its processor.
 */
public final class LoopWatch implements AutoCloseable {

    /** On a busy machine a thread gets its processor back after a while. */
    private static final Duration MOMENT = Duration.ofMillis(200);

    /** All threads stand still, as for the garbage collector. */
    private static final String STOP = "jdk.ExecuteVMOperation";

    private static final Duration SHORT_STOP = Duration.ofMillis(5);
    private static final List<String> SOCKETS = List.of("jdk.SocketRead", "jdk.SocketWrite");
    private static final List<String> NEVER = List.of("jdk.FileRead", "jdk.FileWrite", "jdk.ThreadSleep");
    private static final List<String> BRIEFLY =
            List.of("jdk.ThreadPark", "jdk.JavaMonitorEnter", "jdk.JavaMonitorWait", "jdk.VirtualThreadPinned");

    private final String threads;
    private final RecordingStream recording = new RecordingStream();
    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
    private final Queue<Span> stops = new ConcurrentLinkedQueue<>();

    /** @param threads what the names of those that must not wait begin with */
    public LoopWatch(String threads) {
        this.threads = threads;
        // those of all threads are recorded, and most stacks would be of these
        SOCKETS.forEach(
                name -> recording.enable(name).withThreshold(Duration.ZERO).withoutStackTrace());
        NEVER.forEach(
                name -> recording.enable(name).withThreshold(Duration.ZERO).withStackTrace());
        BRIEFLY.forEach(name -> recording.enable(name).withThreshold(MOMENT).withStackTrace());
        Stream.of(SOCKETS, NEVER, BRIEFLY).flatMap(List::stream).forEach(name -> recording.onEvent(name, this::look));
        recording.enable(STOP).withThreshold(SHORT_STOP);
        recording.onEvent(STOP, stop -> stops.add(Span.of(stop)));
        recording.setReuse(true);
        recording.startAsync();
    }

    private void look(RecordedEvent event) {
        RecordedThread thread = event.getThread();
        if (thread != null
                && thread.getJavaName() != null
                && thread.getJavaName().startsWith(threads)
                && !loadsClasses(event)
                && !readsChance(event)
                && !isOfTheRecorder(event)) {
            seen.add(new Seen(event.getEventType().getName(), Span.of(event), event.toString()));
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
        return seen.stream().filter(this::isLong).map(Seen::text).toList();
    }

    private boolean isLong(Seen wait) {
        Duration stopped = stops.stream().map(wait.time()::within).reduce(Duration.ZERO, Duration::plus);
        return !BRIEFLY.contains(wait.type())
                || wait.time().length().minus(stopped).compareTo(MOMENT) >= 0;
    }

    private record Seen(String type, Span time, String text) {}

    private record Span(Instant from, Instant to) {

        private static Span of(RecordedEvent event) {
            return new Span(event.getStartTime(), event.getEndTime());
        }

        private Duration length() {
            return Duration.between(from, to);
        }

        /** How much of another one lies within this one. */
        private Duration within(Span other) {
            Instant first = from.isAfter(other.from) ? from : other.from;
            Instant last = to.isBefore(other.to) ? to : other.to;
            return first.isBefore(last) ? Duration.between(first, last) : Duration.ZERO;
        }
    }

    @Override
    public void close() {
        recording.stop();
        recording.close();
    }
}
