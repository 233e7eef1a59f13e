package io.qlikbridge.check;

import java.util.List;

/**
 * What a connection test found.
 *
 * @param passed no step failed
 * @param checks in the order they were taken
 */
public record CheckReport(boolean passed, List<CheckResult> checks) {

    static CheckReport of(List<CheckResult> checks) {
        return new CheckReport(
                checks.stream().noneMatch(check -> check.status() == CheckResult.Status.FAILED), List.copyOf(checks));
    }
}
