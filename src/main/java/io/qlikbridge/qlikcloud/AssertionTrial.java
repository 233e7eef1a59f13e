package io.qlikbridge.qlikcloud;

import io.qlikbridge.cloudcall.TenantUser;
import io.qlikbridge.cloudsession.AssertionClaims;
import io.qlikbridge.cloudsession.CloudSession;
import io.qlikbridge.cloudsession.CloudSessions;
import io.qlikbridge.cloudsession.CloudSignIns;
import io.qlikbridge.cloudsettings.CloudSettings;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.probe.ProbeOutcome;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.signing.Assertion;
import io.qlikbridge.signing.SigningKeys;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.TenantException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Signs a user in with an assertion, whether or not the user has a credential already. */
@Component
class AssertionTrial {

    private final SigningKeys keys;
    private final AssertionClaims claims;
    private final CloudSignIns signIns;
    private final CloudSessions sessions;
    private final TenantUser users;

    AssertionTrial(
            SigningKeys keys, AssertionClaims claims, CloudSignIns signIns, CloudSessions sessions, TenantUser users) {
        this.keys = keys;
        this.claims = claims;
        this.signIns = signIns;
        this.sessions = sessions;
        this.users = users;
    }

    /** @param idle a key that is not the active one, to sign with in its place */
    Visit of(Connection connection, @Nullable String idle) {
        return new Visit(connection, idle);
    }

    /** What one test has found out so far. */
    final class Visit {

        private final Connection connection;
        private final @Nullable String idle;
        private @Nullable CloudSession session;

        private Visit(Connection connection, @Nullable String idle) {
            this.connection = connection;
            this.idle = idle;
        }

        String signIn(Subject subject) {
            if (idle != null) {
                return signIn(subject, idle);
            }
            session = keys.acceptedBy(connection.id(), () -> signIns.signIn(connection, subject));
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

        String openSession() {
            CloudSession open = session();
            if (open.csrfToken() == null) {
                session = sessions.withFreshCsrfToken(connection, open);
            }
            return "The session has " + open.cookies().size() + " cookies and a CSRF token.";
        }

        /** The tenant compares without case in places: two subjects that differ in case are two people. */
        String compareUser(Subject subject) {
            String id = users.require(connection, session().headers(), subject);
            return "The tenant knows " + subject.value() + " as user " + id + ".";
        }

        private String issuer() {
            return CloudSettings.of(connection).requireIssuer();
        }

        private CloudSession session() {
            if (session == null) {
                throw new IllegalStateException("The step assertion comes first");
            }
            return session;
        }
    }
}
