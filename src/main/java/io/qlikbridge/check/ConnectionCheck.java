package io.qlikbridge.check;

import io.qlikbridge.connection.ApiKeyExpiry;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.connection.SigningKeyView;
import io.qlikbridge.issuing.Leases;
import io.qlikbridge.issuing.TenantAccess;
import io.qlikbridge.lease.Lease;
import io.qlikbridge.paging.Page;
import io.qlikbridge.probe.ProbeOutcome;
import io.qlikbridge.probe.ProbeRequest;
import io.qlikbridge.probe.ProbeStep;
import io.qlikbridge.signing.SigningKeys;
import io.qlikbridge.signing.UnusableSigningKey;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.App;
import io.qlikbridge.tenant.AppQuery;
import io.qlikbridge.tenant.Deployments;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Goes the whole way from the signing key to a user's app list and says at each step what it found. The key it obtains for
 * the user is the user's lease like any other.
 */
@Component
class ConnectionCheck {

    /** In the order they are taken; those that need a user are told of even when there is none. */
    private static final List<String> NEED_USER = List.of("assertion", "session", "user", "api-key", "app-list");

    private static final List<String> NEED_ACTIVE_KEY = List.of("api-key", "app-list");

    private final SigningKeys keys;
    private final Connections connections;
    private final Leases leases;
    private final TenantAccess access;
    private final Deployments deployments;
    private final Clock clock;

    ConnectionCheck(
            SigningKeys keys,
            Connections connections,
            Leases leases,
            TenantAccess access,
            Deployments deployments,
            Clock clock) {
        this.keys = keys;
        this.connections = connections;
        this.leases = leases;
        this.access = access;
        this.deployments = deployments;
        this.clock = clock;
    }

    /**
     * Tests with the active signing key, or with another, which stays what it is. Nothing is issued with a key that is not
     * active: a lease would be had by the active one.
     *
     * @param subject whom to try it with; without one the steps that need somebody are skipped
     * @param kid the signing key to try it with, in any state; {@code signing-key-not-found} when there is none of this id
     */
    CheckReport run(Connection connection, @Nullable Subject subject, @Nullable String kid) {
        String idle = kid == null || keys.of(connection.id(), kid).signs() ? null : kid;
        List<ProbeStep> steps = new ArrayList<>();
        steps.add(new ProbeStep("signing-key", Set.of(), () -> signingKey(connection, kid)));
        steps.addAll(deployments.of(connection).probe().steps(connection, new ProbeRequest(subject, idle)));
        if (subject == null) {
            steps.addAll(skipped(NEED_USER, "Name a user to try this with, such as {\"user\": \"ada\"}."));
        } else if (idle == null) {
            steps.add(new ProbeStep("api-key", Set.of("session", "user"), () -> apiKey(connection, subject)));
            steps.add(new ProbeStep("app-list", Set.of("api-key"), () -> appList(connection, subject)));
        } else {
            steps.addAll(skipped(
                    NEED_ACTIVE_KEY,
                    "Keys are issued with the active signing key; activate " + idle + " to have this tried with it."));
        }
        CheckReport report = CheckReport.of(new StepRunner().run(steps));
        if (idle != null && report.hasPassed("assertion")) {
            keys.accepted(connection.id(), idle);
        }
        return report;
    }

    private static List<ProbeStep> skipped(List<String> names, String why) {
        return names.stream()
                .map(name -> new ProbeStep(name, Set.of(), () -> {
                    throw ProbeOutcome.skipped(why);
                }))
                .toList();
    }

    private String signingKey(Connection connection, @Nullable String kid) {
        SigningKeyView key = tested(connection, kid);
        if (key.certificateNotAfter().isBefore(clock.instant())) {
            throw ProbeOutcome.failed(
                    "The certificate of the key " + key.kid() + " ended at " + key.certificateNotAfter() + ".",
                    "Make or upload another signing key, give its certificate to the tenant's identity provider and activate it.");
        }
        long days = Duration.between(clock.instant(), key.certificateNotAfter()).toDays();
        return "The key " + key.kid() + " (RSA " + key.bits() + ") signs, and its certificate lasts " + days
                + " more days."
                + (key.signs()
                        ? ""
                        : " It is " + key.state() + "; the connection signs with " + active(connection) + ".");
    }

    private String active(Connection connection) {
        return keys.active(connection.id()).map(SigningKeyView::kid).orElse("none");
    }

    private SigningKeyView tested(Connection connection, @Nullable String kid) {
        try {
            return kid == null ? keys.tested(connection.id()) : keys.tested(connection.id(), kid);
        } catch (UnusableSigningKey unusable) {
            throw ProbeOutcome.failed(unusable.detail(), unusable.remedy());
        }
    }

    private String apiKey(Connection connection, Subject subject) {
        Lease lease = leases.afresh(connection, subject);
        ApiKeyExpiry asked = connection.apiKeyExpiry();
        ApiKeyExpiry granted = connections.of(connection.id()).effectiveApiKeyExpiry();
        String cut = granted.equals(asked)
                ? ""
                : " The tenant allows keys to last " + granted + " at most, so the configured " + asked
                        + " is cut to that.";
        return "The key " + lease.credential().id() + " lasts until " + lease.expiresAt() + "." + cut;
    }

    private String appList(Connection connection, Subject subject) {
        AppQuery first = new AppQuery(null, null, null, null, 1, null);
        Page<App> apps = access.using(
                connection,
                subject,
                caller -> deployments.of(connection).catalog().apps(connection, caller, first));
        return apps.items().isEmpty()
                ? "The tenant answers, and shows " + subject.value() + " no app."
                : "The tenant shows " + subject.value() + " apps, \""
                        + apps.items().getFirst().name() + "\" among them.";
    }
}
