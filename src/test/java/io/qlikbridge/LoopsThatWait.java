package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.front.LoopWatch;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails the tests when an event loop of the front has waited for anything, whatever they are about. */
public class LoopsThatWait implements BeforeAllCallback, AfterAllCallback {

    /** From the first class to the end of this JVM. */
    private static final class All {

        private static final LoopWatch WATCH = new LoopWatch("front-");
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        assertThat(All.WATCH).isNotNull();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        List<String> seen = All.WATCH.seen();
        assertThat(seen).as("an event loop must not wait").isEmpty();
    }
}
