package io.qlikbridge.qlikcloud;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.probe.ConnectionProbe;
import io.qlikbridge.probe.ProbeOutcome;
import io.qlikbridge.probe.ProbeRequest;
import io.qlikbridge.probe.ProbeStep;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.proxy.ForwardProxies;
import io.qlikbridge.signing.Assertion;
import io.qlikbridge.signing.SigningKeys;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.upstream.TenantAnswer;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The way to a Qlik Cloud tenant, one step after the other. */
@Component
class CloudProbe implements ConnectionProbe {

    /** The tenant's Date header has whole seconds, and the call took time. */
    private static final Duration DATE_TOLERANCE = Duration.ofSeconds(2);

    private final SigningKeys keys;
    private final AssertionClaims claims;
    private final CloudSessions sessions;
    private final TenantRecognition recognition;
    private final ForwardProxies proxies;
    private final Clock clock;

    CloudProbe(
            SigningKeys keys,
            AssertionClaims claims,
            CloudSessions sessions,
            TenantRecognition recognition,
            ForwardProxies proxies,
            Clock clock) {
        this.keys = keys;
        this.claims = claims;
        this.sessions = sessions;
        this.recognition = recognition;
        this.proxies = proxies;
        this.clock = clock;
    }

    @Override
    public List<ProbeStep> steps(Connection connection, ProbeRequest wish) {
        Visit visit = new Visit(connection, wish);
        Subject subject = wish.subject();
        List<ProbeStep> steps = new ArrayList<>(List.of(
                new ProbeStep("reachable", Set.of(), visit::reach),
                new ProbeStep("tls", Set.of("reachable"), visit::handshake),
                new ProbeStep("clock", Set.of("reachable", "tls"), visit::compareClocks)));
        if (subject != null) {
            steps.add(
                    new ProbeStep("assertion", Set.of("signing-key", "reachable", "tls"), () -> visit.signIn(subject)));
            steps.add(new ProbeStep("session", Set.of("assertion"), visit::openSession));
            steps.add(new ProbeStep("user", Set.of("session"), () -> visit.compareUser(subject)));
        }
        return steps;
    }

    /** What one test has found out so far. */
    private final class Visit {

        private final Connection connection;
        private final @Nullable String kid;
        private @Nullable TenantAnswer knocked;
        private @Nullable TenantException tlsFailure;
        private @Nullable CloudSession session;

        /** The steps that sign somebody in would show by themselves whether this is a tenant. */
        private final boolean nobody;

        private Visit(Connection connection, ProbeRequest wish) {
            this.connection = connection;
            this.kid = wish.kid();
            this.nobody = wish.subject() == null;
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
            Instant theirs = date(answer.headers());
            Duration ahead = Duration.between(clock.instant(), theirs);
            Duration behindAllowed = AssertionClaims.BACKDATED.plus(DATE_TOLERANCE);
            Duration aheadAllowed = AssertionClaims.LIFETIME.dividedBy(2);
            if (ahead.negated().compareTo(behindAllowed) > 0 || ahead.compareTo(aheadAllowed) > 0) {
                throw ProbeOutcome.failed(
                        "The tenant's clock is " + ahead.abs().toSeconds() + " seconds "
                                + (ahead.isNegative() ? "behind" : "ahead of") + " the bridge's.",
                        "Set the bridge's clock by NTP, or set clockToleranceSec on the tenant's identity provider.");
            }
            return "The clocks differ by " + ahead.abs().toSeconds() + " seconds.";
        }

        private String signIn(Subject subject) {
            if (kid != null) {
                return signIn(subject, kid);
            }
            session = sessions.login(connection, keys.sign(connection, claims.about(subject, connection)));
            return "The tenant accepted an assertion about " + subject.value() + " from " + connection.issuer() + ".";
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
            return "The tenant accepted an assertion about " + subject.value() + " from " + connection.issuer()
                    + ", signed with the key " + kid + ".";
        }

        /** An identity provider takes one key, and never another in its place (contract, section 8). */
        private String secondProvider(String kid) {
            return "Give the certificate of this key (GET /api/v1/connections/" + connection.id() + "/signing-keys/"
                    + kid + "/certificate) to a second identity provider at the tenant, with the issuer "
                    + connection.issuer() + " and the key id " + kid
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

        private CloudSession session() {
            if (session == null) {
                throw new IllegalStateException("The step assertion comes first");
            }
            return session;
        }
    }

    private static Instant date(HttpHeaders headers) {
        String date = headers.getFirst(HttpHeaders.DATE);
        if (date == null) {
            throw ProbeOutcome.skipped("The tenant does not say what its clock shows.");
        }
        try {
            return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException notADate) {
            throw ProbeOutcome.skipped("The tenant does not say what its clock shows.");
        }
    }
}
