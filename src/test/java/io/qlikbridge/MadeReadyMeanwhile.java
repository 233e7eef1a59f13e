package io.qlikbridge;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the packaged application unpacked and its cache made, which the {@code *IT} tests need, while all other tests run: by itself it would
 * leave a processor idle. Surefire asks for it; a run of single tests goes without. JUnit finds it as a service.
 */
public class MadeReadyMeanwhile implements BeforeAllCallback {

    private static final Logger log = LoggerFactory.getLogger(MadeReadyMeanwhile.class);
    private static final Namespace NAMESPACE = Namespace.create(MadeReadyMeanwhile.class);
    private static final boolean WANTED =
            Boolean.getBoolean("bridge.jar.make-ready") && System.getProperty("test") == null;

    /** Closed with JUnit's root context. */
    private record Work(Future<?> making) implements AutoCloseable {

        @Override
        public void close() throws InterruptedException {
            try {
                making.get();
            } catch (ExecutionException failed) {
                // those who need it try again, and say what is wrong
                log.warn("The packaged application was not made ready", failed);
            }
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (WANTED) {
            context.getRoot()
                    .getStore(NAMESPACE)
                    .computeIfAbsent("work", first -> new Work(BridgeJar.makeReady()), Work.class);
        }
    }
}
