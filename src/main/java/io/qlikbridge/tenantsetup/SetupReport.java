package io.qlikbridge.tenantsetup;

import java.util.List;

/**
 * What a setup came to.
 *
 * @param passed no step failed
 * @param steps in the order they were taken
 */
public record SetupReport(boolean passed, List<SetupResult> steps) {

    static SetupReport of(List<SetupResult> steps) {
        return new SetupReport(
                steps.stream().noneMatch(step -> step.status() == SetupResult.Status.FAILED), List.copyOf(steps));
    }
}
