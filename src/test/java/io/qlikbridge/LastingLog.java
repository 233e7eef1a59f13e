package io.qlikbridge;

import org.springframework.boot.logging.LogFile;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.LoggingSystemFactory;
import org.springframework.boot.logging.logback.LogbackLoggingSystem;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.StandardEnvironment;

/**
 * The logging of a JVM in which bridges start and stop side by side: set up once, and left alone from then on. Spring Boot's own
 * holds back what all others log whenever one starts, and is set up anew by the start that follows a stop, for which it takes off
 * all appenders. Spring Boot finds it in {@code META-INF/spring.factories}.
 */
final class LastingLog extends LogbackLoggingSystem {

    /** Guarded by the class. */
    private static boolean setUp;

    private LastingLog(ClassLoader classLoader) {
        super(classLoader);
    }

    /** Sets up the log as a bridge without any settings would, unless it is. */
    static void begin() {
        LoggingSystem.get(LastingLog.class.getClassLoader())
                .initialize(new LoggingInitializationContext(new StandardEnvironment()), null, null);
    }

    /** Lets the next start set up the log by its own settings. What is logged meanwhile may be lost. */
    void forget() {
        synchronized (LastingLog.class) {
            super.cleanUp();
            setUp = false;
        }
    }

    /** Holds back nothing: that is for the start alone, and would be for all that run. */
    @Override
    public void beforeInitialize() {}

    @Override
    public void initialize(LoggingInitializationContext context, String configuration, LogFile file) {
        synchronized (LastingLog.class) {
            if (!setUp) {
                super.beforeInitialize();
                super.initialize(context, configuration, file);
                setUp = true;
            }
        }
    }

    @Override
    public void cleanUp() {}

    /** Comes before Spring Boot's own. */
    @Order(Ordered.HIGHEST_PRECEDENCE)
    static final class Factory implements LoggingSystemFactory {

        @Override
        public LoggingSystem getLoggingSystem(ClassLoader classLoader) {
            return new LastingLog(classLoader);
        }
    }
}
