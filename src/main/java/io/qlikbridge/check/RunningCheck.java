package io.qlikbridge.check;

import io.qlikbridge.probe.ProbeStep;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * A connection test that takes its next step when it is asked for what that step found. Whoever stops asking ends it there. For one
 * thread.
 */
public final class RunningCheck implements Iterator<CheckResult> {

    private final StepRunner runner;
    private final Iterator<ProbeStep> steps;
    private final Consumer<CheckReport> ended;
    private final List<CheckResult> results = new ArrayList<>();

    /** @param ended told of what was found, once the last step was taken */
    RunningCheck(StepRunner runner, List<ProbeStep> steps, Consumer<CheckReport> ended) {
        this.runner = runner;
        this.steps = steps.iterator();
        this.ended = ended;
    }

    /** Whether there is a step left; takes none. */
    @Override
    public boolean hasNext() {
        return steps.hasNext();
    }

    @Override
    public CheckResult next() {
        CheckResult result = runner.run(steps.next());
        results.add(result);
        if (!steps.hasNext()) {
            ended.accept(report());
        }
        return result;
    }

    /** What was found so far. */
    public CheckReport report() {
        return CheckReport.of(results);
    }

    /** Takes the steps that are left. */
    public CheckReport toEnd() {
        while (hasNext()) {
            next();
        }
        return report();
    }
}
