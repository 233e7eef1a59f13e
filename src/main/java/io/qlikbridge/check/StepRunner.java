package io.qlikbridge.check;

import io.qlikbridge.check.CheckResult.Status;
import io.qlikbridge.probe.ProbeOutcome;
import io.qlikbridge.probe.ProbeStep;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.tenant.TenantException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes steps in order, of a connection test or of a setup. One that needs a step that did not pass is skipped. */
public class StepRunner {

    private static final Logger log = LoggerFactory.getLogger(StepRunner.class);

    private static final Map<ProblemCode, String> REMEDIES = Map.of(
            ProblemCode.SIGNING_KEY_MISSING,
            "Upload a signing key, or have one generated, under signing-keys of the connection.",
            ProblemCode.TENANT_UNREACHABLE,
            "Check host, DNS, firewalls and certificates between the bridge and the tenant.",
            ProblemCode.TENANT_RATE_LIMITED,
            "Test again later.",
            ProblemCode.TOO_BUSY,
            "Test again later.",
            ProblemCode.TENANT_REFUSED,
            "Look at what the tenant said, and at the tenant's own log with its trace id.");

    private final Function<ProblemCode, Optional<String>> remedies;
    private final Set<String> unfit = new HashSet<>();

    /** @param remedies what the kind of deployment knows to change about a problem that does not say so itself */
    public StepRunner(Function<ProblemCode, Optional<String>> remedies) {
        this.remedies = remedies;
    }

    public List<CheckResult> run(List<ProbeStep> steps) {
        List<CheckResult> results = new ArrayList<>();
        for (ProbeStep step : steps) {
            results.add(run(step));
        }
        return results;
    }

    /** Takes the next one. */
    CheckResult run(ProbeStep step) {
        for (String needed : step.needs()) {
            if (unfit.contains(needed)) {
                unfit.add(step.name());
                return new CheckResult(step.name(), Status.SKIPPED, "Needs the step " + needed + ".", null, 0);
            }
        }
        long start = System.nanoTime();
        CheckResult taken = take(step);
        if (taken.status() == Status.FAILED) {
            unfit.add(step.name());
        }
        return taken.after(Duration.ofNanos(System.nanoTime() - start));
    }

    private CheckResult take(ProbeStep step) {
        try {
            return new CheckResult(step.name(), Status.PASSED, step.take().get(), null, 0);
        } catch (ProbeOutcome outcome) {
            Status status = outcome.isSkipped() ? Status.SKIPPED : Status.FAILED;
            return new CheckResult(step.name(), status, outcome.detail(), outcome.remedy(), 0);
        } catch (TenantException failure) {
            String remedy = failure.remedy() != null ? failure.remedy() : remedy(failure.code());
            return new CheckResult(step.name(), Status.FAILED, failure.finding(), remedy, 0);
        } catch (BridgeException problem) {
            return new CheckResult(step.name(), Status.FAILED, problem.detail(), remedy(problem.code()), 0);
        } catch (RuntimeException unexpected) {
            log.error("The step {} failed", step.name(), unexpected);
            return new CheckResult(
                    step.name(),
                    Status.FAILED,
                    "Something went wrong inside the bridge.",
                    "Look for the request id in the bridge's log.",
                    0);
        }
    }

    private String remedy(ProblemCode code) {
        return remedies.apply(code).orElseGet(() -> REMEDIES.getOrDefault(code, "Follow what the detail says."));
    }
}
