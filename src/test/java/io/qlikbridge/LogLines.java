package io.qlikbridge;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/**
 * What is logged while a test runs: a parameter of the test, which begins when the test does. Other tests that run side by side log
 * to it as well, and it to none of theirs.
 */
public final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private record Line(Thread thread, String text) {}

    private final Thread test = Thread.currentThread();
    private final Queue<Line> lines = new ConcurrentLinkedQueue<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    private LogLines() {}

    static LogLines begin() {
        LastingLog.begin();
        LogLines lines = new LogLines();
        lines.setContext(lines.root.getLoggerContext());
        lines.start();
        lines.root.addAppender(lines);
        return lines;
    }

    /** What any thread of this JVM has logged, other tests' among them. */
    public String all() {
        return lines(line -> true);
    }

    /** What the test's own thread has logged, such as a bridge that it starts until that is up, or has failed. */
    public String own() {
        return lines(line -> line.thread() == test);
    }

    private String lines(Predicate<Line> wanted) {
        return lines.stream().filter(wanted).map(Line::text).collect(Collectors.joining());
    }

    @Override
    protected void append(ILoggingEvent event) {
        String failure =
                event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
        lines.add(new Line(
                Thread.currentThread(),
                "%s %s %s : %s%n%s"
                        .formatted(
                                event.getLevel(),
                                event.getMDCPropertyMap(),
                                event.getLoggerName(),
                                event.getFormattedMessage(),
                                failure)));
    }

    @Override
    public void close() {
        root.detachAppender(this);
        stop();
    }
}
