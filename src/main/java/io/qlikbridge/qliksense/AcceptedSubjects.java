package io.qlikbridge.qliksense;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.SigningKeyView;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.problem.UpstreamAnswer;
import io.qlikbridge.signing.SigningKeys;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.Refusal;
import io.qlikbridge.tenant.TenantException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Whom virtual proxies have let in lately, with the connection and its key as they are: where others come in and one never did, it is that
 * user whom the site does not take, and not the token. A site says 401 to both (contract, section B.4). Known to this replica alone.
 */
@Component
class AcceptedSubjects {

    private static final int MOST_CONNECTIONS = 1_000;
    private static final int MOST_SUBJECTS = 10_000;
    private static final int UNAUTHORIZED = 401;
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final SigningKeys keys;
    private final Cache<ConnectionId, Accepted> connections = Caffeine.newBuilder()
            .maximumSize(MOST_CONNECTIONS)
            .expireAfterWrite(REMEMBERED)
            .build();

    AcceptedSubjects(SigningKeys keys) {
        this.keys = keys;
    }

    private record Accepted(Connection connection, String kid, Set<String> subjects) {

        private boolean isOf(Connection asked, String key) {
            return connection.equals(asked) && kid.equals(key);
        }
    }

    void add(Connection connection, Subject subject) {
        String kid = kid(connection);
        connections.asMap().compute(connection.id(), (id, known) -> {
            Accepted present = known != null
                            && known.isOf(connection, kid)
                            && known.subjects().size() < MOST_SUBJECTS
                    ? known
                    : new Accepted(connection, kid, ConcurrentHashMap.newKeySet());
            present.subjects().add(subject.value());
            return present;
        });
    }

    /** The refusal of a token, or that the user is not known, where that is what it means. */
    TenantException explained(Connection connection, Subject subject, TenantException refused) {
        UpstreamAnswer answer = refused.upstream();
        if (refused.code() != ProblemCode.ASSERTION_REFUSED
                || answer == null
                || !Integer.valueOf(UNAUTHORIZED).equals(answer.status())
                || !othersButNot(connection, subject)) {
            return refused;
        }
        return new TenantException(
                ProblemCode.USER_NOT_AT_TENANT,
                Refusal.SUBJECT,
                connection.host() + " answered 401 at the step " + answer.step() + " to a token about "
                        + subject.value()
                        + ", and lets others in with the same key and claims: it does not know this user, or has blocked it.",
                "See in the QMC, section Users, that the user exists there or may be made at the first log-on, and is not blocked."
                        + " If nobody is let in any more, test the connection as somebody who was.",
                answer,
                null,
                false,
                refused);
    }

    private boolean othersButNot(Connection connection, Subject subject) {
        Accepted known = connections.getIfPresent(connection.id());
        return known != null
                && known.isOf(connection, kid(connection))
                && !known.subjects().contains(subject.value());
    }

    private String kid(Connection connection) {
        return keys.active(connection.id()).map(SigningKeyView::kid).orElse("");
    }
}
