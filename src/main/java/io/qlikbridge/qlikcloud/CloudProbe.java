package io.qlikbridge.qlikcloud;

import io.qlikbridge.cloudsettings.ApiKeyExpiry;
import io.qlikbridge.cloudsettings.ApiKeyMaximums;
import io.qlikbridge.cloudsettings.CloudCredential;
import io.qlikbridge.cloudsettings.CloudSettings;
import io.qlikbridge.cloudsettings.CloudSignIn;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.probe.ConnectionProbe;
import io.qlikbridge.probe.ProbeRequest;
import io.qlikbridge.probe.ProbeStep;
import io.qlikbridge.probe.SigningKeyCheck;
import io.qlikbridge.probe.UserTrial;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.signing.SigningKeys;
import io.qlikbridge.subject.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The way to a Qlik Cloud tenant, one step after the other. */
@Component
class CloudProbe implements ConnectionProbe {

    private static final String ASSERTION = "assertion";
    private static final String SESSION = "session";
    private static final String USER = "user";
    private static final String API_KEY = "api-key";
    private static final String APP_LIST = "app-list";

    private static final Map<ProblemCode, String> REMEDIES = Map.of(
            ProblemCode.OAUTH_CLIENT_MISSING,
            "Send id and secret of the tenant's OAuth client with PUT …/oauth-client.",
            ProblemCode.ASSERTION_REFUSED,
            "Compare issuer, key id and certificate with the identity provider in the tenant's administration.",
            ProblemCode.API_KEY_REFUSED,
            "Give the user the permission \"Manage API keys\", and compare apiKeyExpiry with the tenant's maximum.",
            ProblemCode.API_KEY_LIMIT_REACHED,
            "Delete API keys of the user at the tenant, or raise the tenant's maximum.",
            ProblemCode.TENANT_ANSWER_UNREADABLE,
            "Check that the host is a Qlik Cloud tenant and that no proxy answers in its place.");

    private final SigningKeys keys;
    private final TenantKnock knock;
    private final AssertionTrial byAssertion;
    private final ImpersonationProbe byImpersonation;
    private final ApiKeyMaximums maximums;
    private final SigningKeyCheck keyCheck;

    CloudProbe(
            SigningKeys keys,
            TenantKnock knock,
            AssertionTrial byAssertion,
            ImpersonationProbe byImpersonation,
            ApiKeyMaximums maximums,
            SigningKeyCheck keyCheck) {
        this.keys = keys;
        this.knock = knock;
        this.byAssertion = byAssertion;
        this.byImpersonation = byImpersonation;
        this.maximums = maximums;
        this.keyCheck = keyCheck;
    }

    @Override
    public List<ProbeStep> steps(Connection connection, ProbeRequest request) {
        List<ProbeStep> ofTheTenant = knock.steps(connection, request.subject() == null);
        return CloudSettings.of(connection).signIn() == CloudSignIn.JWT
                ? byAssertion(connection, request, ofTheTenant)
                : byImpersonation.steps(connection, request, ofTheTenant);
    }

    /** Nothing is issued with a key that is not active: an API key would be had by the active one. */
    private List<ProbeStep> byAssertion(Connection connection, ProbeRequest request, List<ProbeStep> ofTheTenant) {
        String kid = request.kid();
        String idle = kid == null || keys.of(connection.id(), kid).signs() ? null : kid;
        AssertionTrial.Visit visit = byAssertion.of(connection, idle);
        List<ProbeStep> steps = new ArrayList<>();
        steps.add(keyCheck.step(connection, kid));
        steps.addAll(ofTheTenant);
        steps.add(request.stepOfUser(
                ASSERTION, Set.of(SigningKeyCheck.STEP, TenantKnock.REACHABLE, TenantKnock.TLS), visit::signIn));
        steps.add(request.stepOfUser(SESSION, Set.of(ASSERTION), subject -> visit.openSession()));
        steps.add(request.stepOfUser(USER, Set.of(SESSION), visit::compareUser));
        if (request.subject() != null && idle != null) {
            String why =
                    "Keys are issued with the active signing key; activate " + idle + " to have this tried with it.";
            steps.add(ProbeStep.skipped(API_KEY, why));
            steps.add(ProbeStep.skipped(APP_LIST, why));
        } else if (CloudSettings.of(connection).issues() == CloudCredential.SESSION) {
            steps.add(ProbeStep.skipped(API_KEY, "The connection keeps sessions, and has no API keys made."));
            steps.add(request.stepOfUser(APP_LIST, Set.of(SESSION, USER), request.trial()::listApps));
        } else {
            steps.add(request.stepOfUser(
                    API_KEY, Set.of(SESSION, USER), subject -> obtainApiKey(connection, request.trial(), subject)));
            steps.add(request.stepOfUser(APP_LIST, Set.of(API_KEY), request.trial()::listApps));
        }
        return steps;
    }

    @Override
    public Optional<String> remedy(ProblemCode code) {
        return Optional.ofNullable(REMEDIES.get(code));
    }

    private String obtainApiKey(Connection connection, UserTrial trial, Subject subject) {
        UserTrial.Obtained key = trial.obtain(subject);
        ApiKeyExpiry asked = CloudSettings.of(connection).apiKeyExpiry();
        ApiKeyExpiry granted = maximums.effectiveExpiry(connection);
        String cut = granted.equals(asked)
                ? ""
                : " The tenant allows keys to last " + granted + " at most, so the configured " + asked
                        + " is cut to that.";
        return "The key " + key.id() + " lasts until " + key.expiresAt() + "." + cut;
    }
}
