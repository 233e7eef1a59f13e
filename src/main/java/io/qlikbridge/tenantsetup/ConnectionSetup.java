package io.qlikbridge.tenantsetup;

import io.qlikbridge.check.CheckReport;
import io.qlikbridge.check.CheckResult;
import io.qlikbridge.check.ConnectionCheck;
import io.qlikbridge.check.LastChecks;
import io.qlikbridge.check.StepRunner;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.probe.ProbeOutcome;
import io.qlikbridge.probe.ProbeStep;
import io.qlikbridge.setup.SetupFinding;
import io.qlikbridge.setup.SetupOrder;
import io.qlikbridge.setup.SetupStep;
import io.qlikbridge.setup.TenantSetup;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.Deployments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes the steps of a kind of deployment and the connection test behind them; after one that failed the rest is skipped. Where a step
 * fails that makes something, what was made before it is taken back. A connection test that fails undoes nothing: the tenant may need
 * seconds to know a new identity provider, or the user who was named may be the wrong one, and the next setup finds everything there.
 */
@Component
class ConnectionSetup {

    private static final Logger log = LoggerFactory.getLogger(ConnectionSetup.class);

    private static final String TEST = "test";

    private final Connections connections;
    private final Deployments deployments;
    private final ConnectionCheck check;
    private final LastChecks last;
    private final SetupClaims claims;

    ConnectionSetup(
            Connections connections,
            Deployments deployments,
            ConnectionCheck check,
            LastChecks last,
            SetupClaims claims) {
        this.connections = connections;
        this.deployments = deployments;
        this.check = check;
        this.last = last;
        this.claims = claims;
    }

    /** @param subject whom to test the connection with */
    SetupReport run(Connection connection, TenantSetup setup, SetupWish wish, @Nullable Subject subject) {
        if (wish.dryRun()) {
            return run(connection, setup, wish, subject, () -> {});
        }
        try (SetupClaims.Held claim = claims.take(connection.id())) {
            // who held it before may have changed the connection
            return run(connections.of(connection.id()), setup, wish, subject, claim::proceed);
        }
    }

    private SetupReport run(
            Connection connection, TenantSetup setup, SetupWish wish, @Nullable Subject subject, Runnable proceed) {
        int credentials = deployments
                .issuer(connection)
                .map(issuer -> issuer.terms(connection).perSubject())
                .orElse(0);
        List<SetupStep> steps = setup.steps(
                connection, new SetupOrder(wish.credential(), wish.kid(), wish.dryRun(), credentials, proceed));
        Map<String, SetupFinding> findings = new LinkedHashMap<>();
        List<ProbeStep> taken = new ArrayList<>();
        Set<String> before = new LinkedHashSet<>();
        for (SetupStep step : steps) {
            taken.add(new ProbeStep(step.name(), new LinkedHashSet<>(before), () -> {
                SetupFinding finding = step.take().get();
                findings.put(step.name(), finding);
                if (finding.kind() == SetupFinding.Kind.MADE) {
                    log.info("Setup of connection {} made {} {}", connection.id(), step.name(), finding.id());
                }
                return finding.detail();
            }));
            before.add(step.name());
        }
        taken.add(
                wish.dryRun()
                        ? ProbeStep.skipped(TEST, "A dry run only reads.")
                        : new ProbeStep(TEST, before, () -> test(connection, wish, subject, proceed)));
        List<SetupResult> results = new StepRunner(deployments.of(connection).probe()::remedy)
                .run(taken).stream()
                        .map(result -> SetupResult.of(result, findings.get(result.name())))
                        .toList();
        return SetupReport.of(new Undoing(steps, findings).of(results));
    }

    private String test(Connection connection, SetupWish wish, @Nullable Subject subject, Runnable proceed) {
        proceed.run();
        CheckReport report = check.run(connections.of(connection.id()), subject, wish.kid());
        if (wish.kid() == null) {
            last.remember(
                    connection.id(), subject == null ? null : subject.user().username(), report);
        }
        CheckResult failed = report.checks().stream()
                .filter(one -> one.status() == CheckResult.Status.FAILED)
                .findFirst()
                .orElse(null);
        if (failed != null) {
            throw ProbeOutcome.failed(
                    "The connection test ended at the step " + failed.name() + ": " + failed.detail(),
                    Objects.requireNonNullElse(failed.remedy(), "Follow what the detail says.")
                            + " What was made stays, and another setup finds it there.");
        }
        return "The connection test passed, as far as "
                + report.checks().stream()
                        .filter(one -> one.status() == CheckResult.Status.PASSED)
                        .map(CheckResult::name)
                        .collect(Collectors.joining(", "))
                + (subject == null ? ". Name a user to have it go the whole way." : ".");
    }
}
