package io.qlikbridge.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.qlikbridge.check.CheckResult.Status;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.TestConnections;
import io.qlikbridge.issuing.TestTenantAccess;
import io.qlikbridge.probe.ConnectionProbe;
import io.qlikbridge.probe.ProbeOutcome;
import io.qlikbridge.probe.ProbeRequest;
import io.qlikbridge.probe.ProbeStep;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.subject.LocalUser;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.Deployments;
import io.qlikbridge.tenant.KeylessDeployment;
import io.qlikbridge.username.Username;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The connection test over a deployment whose steps are its own. */
class CheckModuleTests {

    private static final Connection SITE = TestConnections.fake(new ConnectionId("site"));
    private static final Subject ADA = new Subject(
            new LocalUser(UUID.randomUUID(), new Username("ada"), "Ada", null, false, List.of(), true), "ada");

    @Test
    void runTakesTheStepsOfTheDeploymentInTheirOrder() {
        CheckReport report = run(
                ADA,
                request -> List.of(
                        new ProbeStep("greeting", Set.of(), () -> "It says hello."),
                        request.stepOfUser("app-list", Set.of("greeting"), request.trial()::listApps)));

        assertThat(report.passed()).isTrue();
        assertThat(report.checks())
                .extracting(CheckResult::name, CheckResult::detail)
                .containsExactly(
                        tuple("greeting", "It says hello."),
                        tuple("app-list", "The tenant shows ada these apps: \"App of ada\"."));
    }

    @Test
    void beginTakesAStepWhenItIsAskedForAndNoneAfterThat() {
        List<String> taken = new ArrayList<>();
        List<CheckReport> ended = new ArrayList<>();

        RunningCheck running = check(request -> List.of(noting(taken, "first"), noting(taken, "second")))
                .begin(SITE, ADA, null, ended::add);

        assertThat(running.hasNext()).isTrue();
        assertThat(taken).isEmpty();
        assertThat(running.next().name()).isEqualTo("first");
        assertThat(running.hasNext()).isTrue();
        assertThat(taken).containsExactly("first");
        assertThat(ended).isEmpty();

        assertThat(running.toEnd().checks()).extracting(CheckResult::name).containsExactly("first", "second");
        assertThat(ended).singleElement().isEqualTo(running.report());
        assertThat(running.hasNext()).isFalse();
    }

    private static ProbeStep noting(List<String> taken, String name) {
        return new ProbeStep(name, Set.of(), () -> {
            taken.add(name);
            return "It was taken.";
        });
    }

    @Test
    void runWithoutAUserSkipsWhatNeedsOne() {
        CheckReport report = run(
                null,
                request -> List.of(
                        new ProbeStep("greeting", Set.of(), () -> "It says hello."),
                        request.stepOfUser("app-list", Set.of("greeting"), request.trial()::listApps)));

        assertThat(report.passed()).isTrue();
        assertThat(report.checks()).extracting(CheckResult::status).containsExactly(Status.PASSED, Status.SKIPPED);
        assertThat(report.checks().getLast().detail()).contains("Name a user");
    }

    @Test
    void runWhenAStepFailsSkipsThoseThatNeedItAndTakesTheOthers() {
        CheckReport report = run(
                ADA,
                request -> List.of(
                        new ProbeStep("greeting", Set.of(), () -> {
                            throw ProbeOutcome.failed("It says nothing.", "Greet it.");
                        }),
                        new ProbeStep("answer", Set.of("greeting"), () -> "never"),
                        new ProbeStep("echo", Set.of("answer"), () -> "never"),
                        new ProbeStep("weather", Set.of(), () -> "It rains.")));

        assertThat(report.passed()).isFalse();
        assertThat(report.checks())
                .extracting(CheckResult::status)
                .containsExactly(Status.FAILED, Status.SKIPPED, Status.SKIPPED, Status.PASSED);
        assertThat(report.checks().getFirst().remedy()).isEqualTo("Greet it.");
    }

    @Test
    void runWhenAProblemHasNoRemedyTakesTheDeploymentsAndElseItsOwn() {
        CheckReport report = run(
                ADA,
                request -> List.of(
                        failing("refused", ProblemCode.TENANT_REFUSED),
                        failing("busy", ProblemCode.TOO_BUSY),
                        failing("other", ProblemCode.NOT_FOUND)));

        assertThat(report.checks())
                .extracting(CheckResult::remedy)
                .containsExactly("Ask the site's admin.", "Test again later.", "Follow what the detail says.");
    }

    @Test
    void runWhenAStepBreaksTellsNothingOfWhatBroke() {
        CheckReport report = run(
                ADA,
                request -> List.of(new ProbeStep("greeting", Set.of(), () -> {
                    throw new IllegalStateException("the secret is hunter2");
                })));

        assertThat(report.checks().getFirst().status()).isEqualTo(Status.FAILED);
        assertThat(report.toString()).doesNotContain("hunter2");
    }

    @Test
    void runWhenTheRequestCannotBeTriedSaysSo() {
        BridgeException unknown = new BridgeException(ProblemCode.SIGNING_KEY_NOT_FOUND, "There is no such key.");

        assertThatExceptionOfType(BridgeException.class)
                .isThrownBy(() -> run(ADA, request -> {
                    throw unknown;
                }))
                .isSameAs(unknown);
    }

    private static ProbeStep failing(String name, ProblemCode code) {
        return new ProbeStep(name, Set.of(), () -> {
            throw new BridgeException(code, "It fails.");
        });
    }

    private static CheckReport run(Subject subject, Steps steps) {
        return check(steps).run(SITE, subject, null);
    }

    private static ConnectionCheck check(Steps steps) {
        Deployments deployments = new Deployments(List.of(new KeylessDeployment() {
            @Override
            public ConnectionProbe probe() {
                return steps;
            }
        }));
        return new ConnectionCheck(null, TestTenantAccess.withoutLeases(deployments), deployments);
    }

    private interface Steps extends ConnectionProbe {

        List<ProbeStep> of(ProbeRequest request);

        @Override
        default List<ProbeStep> steps(Connection connection, ProbeRequest request) {
            return of(request);
        }

        @Override
        default Optional<String> remedy(ProblemCode code) {
            return code == ProblemCode.TENANT_REFUSED ? Optional.of("Ask the site's admin.") : Optional.empty();
        }
    }
}
