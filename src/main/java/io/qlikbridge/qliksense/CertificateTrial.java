package io.qlikbridge.qliksense;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.sitecall.SiteReads;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.ActingAs;
import io.qlikbridge.tenant.TenantException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Names a user to a repository that the bridge has certificates for. */
@Component
class CertificateTrial {

    private final SiteReads reads;

    CertificateTrial(SiteReads reads) {
        this.reads = reads;
    }

    SenseProbe.SignInTrial of(Connection connection) {
        return new Trial(connection);
    }

    private final class Trial implements SenseProbe.SignInTrial {

        private final Connection connection;
        private @Nullable TenantException unknown;

        private Trial(Connection connection) {
            this.connection = connection;
        }

        /** A repository that answers but does not know the user has taken the certificates: the user is the next step's. */
        @Override
        public String signIn(Subject subject) {
            try {
                JsonNode about = reads.about(connection, new ActingAs(subject, null));
                return "The site took the certificates. Its repository, version "
                        + about.path("buildVersion").asString("unknown") + ", answers " + subject.value() + ".";
            } catch (TenantException refused) {
                if (refused.code() != ProblemCode.USER_NOT_AT_TENANT) {
                    throw refused;
                }
                unknown = refused;
                return "The site took the certificates, and does not tell " + subject.value()
                        + " the version of its repository.";
            }
        }

        @Override
        public String compareUser(Subject subject) {
            if (unknown != null) {
                throw unknown;
            }
            return "The site knows " + subject.value() + ".";
        }
    }
}
