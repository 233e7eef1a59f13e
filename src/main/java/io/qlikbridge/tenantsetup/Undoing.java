package io.qlikbridge.tenantsetup;

import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.setup.SetupFinding;
import io.qlikbridge.setup.SetupStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes back what was made before a step that failed to make something. */
final class Undoing {

    private static final Logger log = LoggerFactory.getLogger(Undoing.class);

    private final List<SetupStep> steps;
    private final Map<String, SetupFinding> findings;

    /** @param findings of the steps that did not fail, by their names */
    Undoing(List<SetupStep> steps, Map<String, SetupFinding> findings) {
        this.steps = steps;
        this.findings = findings;
    }

    /** The results, as they are after that. */
    List<SetupResult> of(List<SetupResult> results) {
        String failed = results.stream()
                .filter(result -> result.status() == SetupResult.Status.FAILED)
                .map(SetupResult::name)
                .filter(this::makes)
                .findFirst()
                .orElse(null);
        if (failed == null) {
            return results;
        }
        List<SetupResult> undone = new ArrayList<>(results);
        for (int at = results.size() - 1; at >= 0; at--) {
            SetupFinding finding = findings.get(results.get(at).name());
            Runnable undo = finding == null ? null : finding.undo();
            if (undo != null) {
                undone.set(
                        at,
                        isUndone(undo, results.get(at).name())
                                ? results.get(at).undone(failed)
                                : results.get(at).left(failed));
            }
        }
        return undone;
    }

    private boolean makes(String name) {
        return steps.stream().anyMatch(step -> step.makes() && step.name().equals(name));
    }

    private static boolean isUndone(Runnable undo, String name) {
        try {
            undo.run();
            return true;
        } catch (BridgeException refused) {
            log.warn("What the step {} of a setup has made could not be deleted again: {}", name, refused.detail());
            return false;
        }
    }
}
