package io.qlikbridge.qlikcloud;

import io.qlikbridge.cloudsettings.ApiKeyExpiry;
import io.qlikbridge.cloudsettings.ApiKeyMaximums;
import io.qlikbridge.cloudsettings.CloudSettings;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.probe.ClockCheck;
import io.qlikbridge.probe.ConnectionProbe;
import io.qlikbridge.probe.ProbeOutcome;
import io.qlikbridge.probe.ProbeRequest;
import io.qlikbridge.probe.ProbeStep;
import io.qlikbridge.probe.SigningKeyCheck;
import io.qlikbridge.probe.UserTrial;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.proxy.ForwardProxies;
import io.qlikbridge.signing.Assertion;
import io.qlikbridge.signing.SigningKeys;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.upstream.TenantAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The way to a Qlik Cloud tenant, one step after the other. */
@Component
class CloudProbe implements ConnectionProbe {

    private static final String REACHABLE = "reachable";
    private static final String TLS = "tls";
    private static final String ASSERTION = "assertion";
    private static final String SESSION = "session";
    private static final String USER = "user";
    private static final String API_KEY = "api-key";
    private static final String APP_LIST = "app-list";

    private static final Map<ProblemCode, String> REMEDIES = Map.of(
            ProblemCode.ASSERTION_REFUSED,
            "Compare issuer, key id and certificate with the identity provider in the tenant's administration.",
            ProblemCode.API_KEY_REFUSED,
            "Give the user the permission \"Manage API keys\", and compare apiKeyExpiry with the tenant's maximum.",
            ProblemCode.API_KEY_LIMIT_REACHED,
            "Delete API keys of the user at the tenant, or raise the tenant's maximum.",
            ProblemCode.TENANT_ANSWER_UNREADABLE,
            "Check that the host is a Qlik Cloud tenant and that no proxy answers in its place.");

    private final SigningKeys keys;
    private final AssertionClaims claims;
    private final CloudSessions sessions;
    private final TenantRecognition recognition;
    private final ForwardProxies proxies;
    private final ApiKeyMaximums maximums;
    private final SigningKeyCheck keyCheck;
    private final ClockCheck clockCheck;

    CloudProbe(
            SigningKeys keys,
            AssertionClaims claims,
            CloudSessions sessions,
            TenantRecognition recognition,
            ForwardProxies proxies,
            ApiKeyMaximums maximums,
            SigningKeyCheck keyCheck,
            ClockCheck clockCheck) {
        this.keys = keys;
        this.claims = claims;
        this.sessions = sessions;
        this.recognition = recognition;
        this.proxies = proxies;
        this.maximums = maximums;
        this.keyCheck = keyCheck;
        this.clockCheck = clockCheck;
    }

    /** Nothing is issued with a key that is not active: an API key would be had by the active one. */
    @Override
    public List<ProbeStep> steps(Connection connection, ProbeRequest request) {
        String kid = request.kid();
        String idle = kid == null || keys.of(connection.id(), kid).signs() ? null : kid;
        Visit visit = new Visit(connection, request, idle);
        List<ProbeStep> steps = new ArrayList<>(List.of(
                keyCheck.step(connection, kid),
                new ProbeStep(REACHABLE, Set.of(), visit::reach),
                new ProbeStep(TLS, Set.of(REACHABLE), visit::handshake),
                new ProbeStep("clock", Set.of(REACHABLE, TLS), visit::compareClocks),
                request.stepOfUser(ASSERTION, Set.of(SigningKeyCheck.STEP, REACHABLE, TLS), visit::signIn),
                request.stepOfUser(SESSION, Set.of(ASSERTION), subject -> visit.openSession()),
                request.stepOfUser(USER, Set.of(SESSION), visit::compareUser)));
        if (request.subject() != null && idle != null) {
            String why =
                    "Keys are issued with the active signing key; activate " + idle + " to have this tried with it.";
            steps.add(ProbeStep.skipped(API_KEY, why));
            steps.add(ProbeStep.skipped(APP_LIST, why));
        } else {
            steps.add(request.stepOfUser(API_KEY, Set.of(SESSION, USER), visit::obtainApiKey));
            steps.add(request.stepOfUser(APP_LIST, Set.of(API_KEY), request.trial()::listApps));
        }
        return steps;
    }

    @Override
    public Optional<String> remedy(ProblemCode code) {
        return Optional.ofNullable(REMEDIES.get(code));
    }

    /** What one test has found out so far. */
    private final class Visit {

        private final Connection connection;
        private final UserTrial trial;
        private final @Nullable String idleKid;
        private @Nullable TenantAnswer knocked;
        private @Nullable TenantException tlsFailure;
        private @Nullable CloudSession session;

        /** The steps that sign somebody in would show by themselves whether this is a tenant. */
        private final boolean nobody;

        private Visit(Connection connection, ProbeRequest request, @Nullable String idleKid) {
            this.connection = connection;
            this.trial = request.trial();
            this.idleKid = idleKid;
            this.nobody = request.subject() == null;
        }

        /** Goes the way of all calls: every address, the proxy, the SSL bundle. What is wrong with TLS is the next step's. */
        private String reach() {
            String way = "Connected to " + connection.host()
                    + proxies.of(connection.host())
                            .map(proxy -> " by the proxy " + proxy)
                            .orElse("") + ".";
            try {
                knocked = sessions.knock(connection);
            } catch (TenantException failure) {
                if (!isOfTls(failure)) {
                    throw failure;
                }
                tlsFailure = failure;
                return way;
            }
            if (nobody) {
                recognition.require(connection);
            }
            return way;
        }

        private String handshake() {
            if ("http".equals(connection.host().getScheme())) {
                throw ProbeOutcome.skipped("The connection uses plain http.");
            }
            if (tlsFailure != null) {
                throw tlsFailure;
            }
            return "The certificate is trusted and is for " + connection.host().getHost() + ".";
        }

        private static boolean isOfTls(TenantException failure) {
            return failure.getCause() instanceof SSLException || failure.getCause() instanceof NoSuchSslBundleException;
        }

        private String compareClocks() {
            TenantAnswer answer = knocked == null ? sessions.knock(connection) : knocked;
            return clockCheck.compare(
                    answer.headers(),
                    AssertionClaims.BACKDATED,
                    AssertionClaims.LIFETIME.dividedBy(2),
                    "Set the bridge's clock by NTP, or set clockToleranceSec on the tenant's identity provider.");
        }

        private String signIn(Subject subject) {
            if (idleKid != null) {
                return signIn(subject, idleKid);
            }
            session = sessions.login(connection, keys.sign(connection, claims.about(subject, connection)));
            return "The tenant accepted an assertion about " + subject.value() + " from " + issuer() + ".";
        }

        private String signIn(Subject subject, String kid) {
            Assertion assertion = keys.sign(connection, kid, claims.about(subject, connection));
            try {
                session = sessions.login(connection, assertion);
            } catch (TenantException refusal) {
                if (refusal.code() != ProblemCode.ASSERTION_REFUSED) {
                    throw refusal;
                }
                throw ProbeOutcome.failed(
                        refusal.finding() + " The assertion was signed with the key " + kid + ".",
                        Objects.requireNonNullElse(refusal.remedy(), "").startsWith(CloudSessions.COMPARE)
                                ? secondProvider(kid)
                                : Objects.requireNonNullElse(refusal.remedy(), secondProvider(kid)));
            }
            keys.accepted(connection.id(), kid);
            return "The tenant accepted an assertion about " + subject.value() + " from " + issuer()
                    + ", signed with the key " + kid + ".";
        }

        /** An identity provider takes one key, and never another in its place (contract, section 8). */
        private String secondProvider(String kid) {
            return "Give the certificate of this key (GET /api/v1/connections/" + connection.id() + "/signing-keys/"
                    + kid + "/certificate) to a second identity provider at the tenant, with the issuer "
                    + issuer() + " and the key id " + kid
                    + ". An identity provider holds one key, which cannot be replaced; leave the present one as it is."
                    + " If there is a second one already, compare all three with it.";
        }

        private String openSession() {
            CloudSession open = session();
            if (open.csrfToken() == null) {
                session = sessions.withFreshCsrfToken(connection, open);
            }
            return "The session has " + open.cookies().size() + " cookies and a CSRF token.";
        }

        private String compareUser(Subject subject) {
            JsonNode me = sessions.me(connection, session());
            // the tenant compares without case in places: two subjects that differ in case are two people
            if (!subject.value().equals(me.path("subject").asString(""))) {
                throw ProbeOutcome.failed(
                        "The tenant signed in somebody else than " + subject.value() + ".",
                        "Look in the tenant's user administration for users whose subject differs in case or whose e-mail is shared.");
            }
            return "The tenant knows " + subject.value() + " as user "
                    + me.path("id").asString("") + ".";
        }

        private String obtainApiKey(Subject subject) {
            UserTrial.Obtained key = trial.obtain(subject);
            ApiKeyExpiry asked = CloudSettings.of(connection).apiKeyExpiry();
            ApiKeyExpiry granted = maximums.effectiveExpiry(connection);
            String cut = granted.equals(asked)
                    ? ""
                    : " The tenant allows keys to last " + granted + " at most, so the configured " + asked
                            + " is cut to that.";
            return "The key " + key.id() + " lasts until " + key.expiresAt() + "." + cut;
        }

        private String issuer() {
            return CloudSettings.of(connection).issuer();
        }

        private CloudSession session() {
            if (session == null) {
                throw new IllegalStateException("The step assertion comes first");
            }
            return session;
        }
    }
}
