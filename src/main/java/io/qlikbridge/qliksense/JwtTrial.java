package io.qlikbridge.qliksense;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.probe.ProbeOutcome;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.sensesettings.JwtSettings;
import io.qlikbridge.sensesettings.SenseUser;
import io.qlikbridge.signing.Assertion;
import io.qlikbridge.signing.SigningKeys;
import io.qlikbridge.sitecall.SiteCalls;
import io.qlikbridge.sitecall.SiteReads;
import io.qlikbridge.sitecall.SiteRefusals;
import io.qlikbridge.sitecall.SiteReply;
import io.qlikbridge.sitecall.SiteSession;
import io.qlikbridge.subject.QlikSpelling;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.ActingAs;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.upstream.TenantAnswer;
import io.qlikbridge.upstream.TenantCall;
import io.qlikbridge.upstream.TenantHttp;
import io.qlikbridge.upstream.Wanted;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Signs a user in at a virtual proxy, whether or not the user has a session already. */
@Component
class JwtTrial {

    private final SigningKeys keys;
    private final SenseAssertions assertions;
    private final SenseSessions sessions;
    private final SiteCalls calls;
    private final TenantHttp http;

    JwtTrial(SigningKeys keys, SenseAssertions assertions, SenseSessions sessions, SiteCalls calls, TenantHttp http) {
        this.keys = keys;
        this.assertions = assertions;
        this.sessions = sessions;
        this.calls = calls;
        this.http = http;
    }

    /** @param idle a key that is not the active one, to sign with in its place */
    SenseProbe.SignInTrial of(Connection connection, @Nullable String idle) {
        return new Trial(connection, (JwtSettings) connection.settings(), idle);
    }

    private final class Trial implements SenseProbe.SignInTrial {

        private final Connection connection;
        private final JwtSettings settings;
        private final @Nullable String idle;
        private @Nullable SiteSession session;
        private @Nullable TenantException unknown;

        private Trial(Connection connection, JwtSettings settings, @Nullable String idle) {
            this.connection = connection;
            this.settings = settings;
            this.idle = idle;
        }

        @Override
        public String signIn(Subject subject) {
            try {
                session = idle == null
                        ? keys.acceptedBy(connection.id(), () -> sessions.signIn(connection, subject, () -> {}))
                        : sessions.open(
                                connection,
                                subject,
                                () -> sign(assertions.about(subject, settings, SenseAssertions.LIFETIME)));
            } catch (TenantException refused) {
                if (refused.code() == ProblemCode.USER_NOT_AT_TENANT) {
                    unknown = refused;
                    return "The site took the token, and opened no session for " + subject.value() + ".";
                }
                throw isOfTheToken(refused) && isTakenUnderAnyName(subject) ? wrongClaims(refused) : refused;
            }
            if (idle != null) {
                keys.accepted(connection.id(), idle);
            }
            return "The " + SiteRefusals.proxy(connection) + " took a token about " + subject.value()
                    + (idle == null ? "" : ", signed with the key " + idle) + ". The repository, version "
                    + about(subject).path("buildVersion").asString("unknown") + ", answers.";
        }

        private JsonNode about(Subject subject) {
            TenantCall call = calls.read(connection, settings, session(), SiteCalls.ABOUT);
            TenantAnswer answer = http.exchange(call, Wanted.values("buildVersion", "schemaPath"));
            return SiteReads.about(call, new ActingAs(subject, null), answer);
        }

        /** Where the proxy tells whom it has signed in, that is looked at: a virtual proxy may put all users into one directory. */
        @Override
        public String compareUser(Subject subject) {
            if (unknown != null) {
                throw unknown;
            }
            TenantCall call = calls.read(connection, settings, session(), "/qps/user");
            TenantAnswer answer = http.exchange(call, Wanted.values("userDirectory", "userId"));
            JsonNode user = answer.document() == null ? null : answer.document().object();
            if (!SiteReply.of(answer).isSuccess()
                    || user == null
                    || !user.path("userId").isString()) {
                return "The site signed " + subject.value() + " in, and does not tell whom it takes the user for.";
            }
            SenseUser wanted = SenseUser.of(subject);
            String directory = user.path("userDirectory").asString("");
            String id = user.path("userId").asString("");
            if (!QlikSpelling.isSame(wanted.directory(), directory) || !QlikSpelling.isSame(wanted.id(), id)) {
                throw ProbeOutcome.failed(
                        "The site signed in somebody else than " + subject.value() + ".",
                        "Look at the JWT attributes for user ID and user directory of the virtual proxy: a name in square brackets"
                                + " is a directory for everybody, which userDirectory of the connection has to be.");
            }
            return "The site knows " + subject.value() + ".";
        }

        private boolean isOfTheToken(TenantException refused) {
            return refused.code() == ProblemCode.ASSERTION_REFUSED
                    && refused.upstream() != null
                    && Integer.valueOf(401).equals(refused.upstream().status());
        }

        private boolean isTakenUnderAnyName(Subject subject) {
            try {
                sessions.open(connection, subject, () -> sign(assertions.underAnyName(subject, settings)));
                return true;
            } catch (TenantException refusedAgain) {
                return false;
            }
        }

        private ProbeOutcome wrongClaims(TenantException refused) {
            return ProbeOutcome.failed(
                    refused.finding()
                            + " It took a token with the same user in claims of other names: the key is right, the"
                            + " names are not.",
                    "Make userIdClaim and userDirectoryClaim of the connection what the virtual proxy has as its JWT attributes for"
                            + " user ID and user directory, in the same case; usual are userId and userDirectory, or user and"
                            + " directory.");
        }

        private Assertion sign(Map<String, Object> claims) {
            return idle == null ? keys.sign(connection, claims) : keys.sign(connection, idle, claims);
        }

        private SiteSession session() {
            if (session == null) {
                throw new IllegalStateException("The step sign-in comes first");
            }
            return session;
        }
    }
}
