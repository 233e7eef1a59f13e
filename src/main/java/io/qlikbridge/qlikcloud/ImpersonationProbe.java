package io.qlikbridge.qlikcloud;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.oauthclient.OAuthClient;
import io.qlikbridge.oauthclient.OAuthClients;
import io.qlikbridge.probe.ProbeRequest;
import io.qlikbridge.probe.ProbeStep;
import io.qlikbridge.probe.SigningKeyCheck;
import io.qlikbridge.probe.UserTrial;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.TenantException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The steps of a connection test that show whether the tenant lets the connection's OAuth client act for a user. */
@Component
class ImpersonationProbe {

    private static final String CLIENT = "oauth-client";
    private static final String ACCESS_TOKEN = "access-token";
    private static final String USER = "user";

    private final OAuthClients clients;
    private final SigningKeyCheck keyCheck;

    ImpersonationProbe(OAuthClients clients, SigningKeyCheck keyCheck) {
        this.clients = clients;
        this.keyCheck = keyCheck;
    }

    /** @param ofTheTenant the steps that come behind the client's and before the user's */
    List<ProbeStep> steps(Connection connection, ProbeRequest request, List<ProbeStep> ofTheTenant) {
        Trial trial = new Trial(request.trial());
        List<ProbeStep> steps = new ArrayList<>();
        steps.add(new ProbeStep(CLIENT, Set.of(), () -> look(connection, request.kid())));
        steps.addAll(ofTheTenant);
        steps.add(request.stepOfUser(
                ACCESS_TOKEN, Set.of(CLIENT, TenantKnock.REACHABLE, TenantKnock.TLS), trial::obtain));
        steps.add(request.stepOfUser(USER, Set.of(ACCESS_TOKEN), trial::compareUser));
        steps.add(request.stepOfUser("app-list", Set.of(ACCESS_TOKEN, USER), request.trial()::listApps));
        return steps;
    }

    private String look(Connection connection, @Nullable String kid) {
        OAuthClient client = clients.require(connection);
        String who = "The OAuth client " + client.clientId();
        return client.secret() != null
                ? who + " authenticates with its secret."
                : who + " authenticates with the signing key. "
                        + keyCheck.step(connection, kid).take().get();
    }

    /** What one test has found out so far. */
    private static final class Trial {

        private final UserTrial user;
        private @Nullable TenantException unknown;

        private Trial(UserTrial user) {
            this.user = user;
        }

        private String obtain(Subject subject) {
            try {
                UserTrial.Obtained token = user.obtain(subject);
                return "The tenant gave the OAuth client an access token for " + subject.value() + " that lasts until "
                        + token.expiresAt() + ".";
            } catch (TenantException refused) {
                if (refused.code() != ProblemCode.USER_NOT_AT_TENANT) {
                    throw refused;
                }
                unknown = refused;
                return "The tenant accepted the OAuth client, and gave it no access token for " + subject.value() + ".";
            }
        }

        private String compareUser(Subject subject) {
            if (unknown != null) {
                throw unknown;
            }
            return "The tenant knows " + subject.value() + ".";
        }
    }
}
