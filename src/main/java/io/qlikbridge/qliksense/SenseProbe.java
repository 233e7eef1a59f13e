package io.qlikbridge.qliksense;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.probe.ClockCheck;
import io.qlikbridge.probe.ConnectionProbe;
import io.qlikbridge.probe.ProbeRequest;
import io.qlikbridge.probe.ProbeStep;
import io.qlikbridge.probe.SigningKeyCheck;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.sensesettings.JwtSettings;
import io.qlikbridge.signing.SigningKeys;
import io.qlikbridge.subject.Subject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The way to a site, one step after the other. */
@Component
class SenseProbe implements ConnectionProbe {

    private static final String REACHABLE = "reachable";
    private static final String TLS = "tls";
    private static final String SIGN_IN = "sign-in";
    private static final String USER = "user";

    private static final Map<ProblemCode, String> REMEDIES = Map.of(
            ProblemCode.CERTIFICATES_MISSING,
            "Export the site's certificates in the QMC with their secret key, and upload them under certificates of the"
                    + " connection.",
            ProblemCode.TENANT_ANSWER_UNREADABLE,
            "Check that host and port of the connection are those of the Qlik Sense site, and that nothing answers in its"
                    + " place.");

    private final CertificateCheck certificateCheck;
    private final SigningKeyCheck keyCheck;
    private final ClockCheck clockCheck;
    private final SiteKnock knock;
    private final CertificateTrial byCertificate;
    private final JwtTrial byJwt;
    private final SigningKeys keys;

    SenseProbe(
            CertificateCheck certificateCheck,
            SigningKeyCheck keyCheck,
            ClockCheck clockCheck,
            SiteKnock knock,
            CertificateTrial byCertificate,
            JwtTrial byJwt,
            SigningKeys keys) {
        this.certificateCheck = certificateCheck;
        this.keyCheck = keyCheck;
        this.clockCheck = clockCheck;
        this.knock = knock;
        this.byCertificate = byCertificate;
        this.byJwt = byJwt;
        this.keys = keys;
    }

    /** Apps are listed with the active key alone: the session that lists them is the user's lease. */
    @Override
    public List<ProbeStep> steps(Connection connection, ProbeRequest request) {
        String kid = request.kid();
        boolean jwt = connection.settings() instanceof JwtSettings;
        String idle = !jwt || kid == null || keys.of(connection.id(), kid).signs() ? null : kid;
        ProbeStep first = jwt ? keyCheck.step(connection, kid) : certificateCheck.step(connection);
        SiteKnock.Visit visit = knock.visit(connection);
        SignInTrial trial = jwt ? byJwt.of(connection, idle) : byCertificate.of(connection);
        Set<String> neededToReach = jwt ? Set.of() : Set.of(first.name());
        return List.of(
                first,
                new ProbeStep(REACHABLE, neededToReach, visit::reach),
                new ProbeStep(TLS, Set.of(REACHABLE), visit::handshake),
                new ProbeStep(
                        "clock",
                        Set.of(REACHABLE, TLS),
                        () -> clockCheck.compare(
                                visit.headers(),
                                SenseAssertions.BACKDATED,
                                SenseAssertions.LIFETIME.dividedBy(2),
                                "Set the clocks of the bridge and of the site by NTP.")),
                request.stepOfUser(SIGN_IN, Set.of(first.name(), REACHABLE, TLS), trial::signIn),
                request.stepOfUser(USER, Set.of(SIGN_IN), trial::compareUser),
                idle == null
                        ? request.stepOfUser("app-list", Set.of(SIGN_IN, USER), request.trial()::listApps)
                        : ProbeStep.skipped(
                                "app-list",
                                "Apps are listed with the active signing key; activate " + idle
                                        + " to have this tried with it."));
    }

    @Override
    public Optional<String> remedy(ProblemCode code) {
        return Optional.ofNullable(REMEDIES.get(code));
    }

    /** Signs a user in, to see what comes of it. */
    interface SignInTrial {

        /** Says which version answers. */
        String signIn(Subject subject);

        /** Says whom the site takes the user for; throws {@link io.qlikbridge.probe.ProbeOutcome} for anybody else. */
        String compareUser(Subject subject);
    }
}
