package io.qlikbridge.consoletest;

import io.qlikbridge.check.CheckReport;
import io.qlikbridge.check.CheckResult;
import io.qlikbridge.check.RunningCheck;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The results of a test that is under way, for a page that is written meanwhile: what stands in the page is sent before the next step
 * is taken. When nobody is there any more to read it, no further step is taken.
 */
public final class ShownChecks implements Iterator<CheckResult> {

    private final RunningCheck running;
    private final ServletResponse page;
    private boolean left;

    ShownChecks(RunningCheck running, ServletResponse page) {
        this.running = running;
        this.page = page;
    }

    @Override
    public boolean hasNext() {
        return !left && running.hasNext();
    }

    @Override
    public CheckResult next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        send();
        return running.next();
    }

    private void send() {
        try {
            page.flushBuffer();
        } catch (IOException gone) {
            left = true;
        }
    }

    public boolean isPassed() {
        return report().passed();
    }

    /** The name of the step that failed first; {@code null} for none. */
    public @Nullable String getFailed() {
        return report().checks().stream()
                .filter(check -> check.status() == CheckResult.Status.FAILED)
                .map(CheckResult::name)
                .findFirst()
                .orElse(null);
    }

    /** Whether a step was skipped that could have been taken with a user. */
    public boolean isSkipped() {
        return report().checks().stream().anyMatch(check -> check.status() == CheckResult.Status.SKIPPED);
    }

    private CheckReport report() {
        return running.report();
    }
}
