package io.qlikbridge.apikey;

import io.qlikbridge.cloudcall.CloudCall;
import io.qlikbridge.cloudcall.CloudError;
import io.qlikbridge.cloudcall.TenantUser;
import io.qlikbridge.cloudsession.CloudSession;
import io.qlikbridge.cloudsession.CloudSessions;
import io.qlikbridge.cloudsession.CloudSignIns;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.CredentialInventory;
import io.qlikbridge.tenant.IssuedCredential;
import io.qlikbridge.upstream.TenantAnswer;
import io.qlikbridge.upstream.TenantCall;
import io.qlikbridge.upstream.TenantHttp;
import io.qlikbridge.upstream.UpstreamErrors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The API keys that a Qlik Cloud tenant lists for a user (contract, section 5.2). */
@Component
class CloudInventory implements CredentialInventory {

    /** A user may have 1000 keys at most (contract, section 5.3); more pages than that are a loop. */
    private static final int MOST_PAGES = 11;

    private final CloudSignIns signIns;
    private final CloudSessions sessions;
    private final TenantUser users;
    private final CloudApiKeys apiKeys;
    private final TenantHttp http;

    CloudInventory(
            CloudSignIns signIns, CloudSessions sessions, TenantUser users, CloudApiKeys apiKeys, TenantHttp http) {
        this.signIns = signIns;
        this.users = users;
        this.sessions = sessions;
        this.apiKeys = apiKeys;
        this.http = http;
    }

    @Override
    public Visit visit(Connection connection, Subject subject, @Nullable IssuedCredential held) {
        return held == null ? signedIn(connection, subject) : new CloudVisit(connection, held);
    }

    private Visit signedIn(Connection connection, Subject subject) {
        CloudSession session = signIns.signIn(connection, subject);
        CloudSession ready = session.csrfToken() == null ? sessions.withFreshCsrfToken(connection, session) : session;
        String user = users.id(connection, ready.headers());
        return new CloudVisit(connection, ready, user);
    }

    private final class CloudVisit implements Visit {

        private final Connection connection;
        private final String user;
        private final @Nullable CloudSession session;
        private HttpHeaders signedIn;

        private CloudVisit(Connection connection, IssuedCredential held) {
            this.connection = connection;
            this.user = held.qlikUserId();
            this.session = null;
            this.signedIn = CloudCall.showing(held.credential());
        }

        private CloudVisit(Connection connection, CloudSession session, String user) {
            this.connection = connection;
            this.user = user;
            this.session = session;
            this.signedIn = session.headers();
        }

        @Override
        public List<CredentialInventory.Kept> described(String beginning) {
            List<CredentialInventory.Kept> kept = new ArrayList<>();
            String last = "";
            for (int page = 0; page < MOST_PAGES; page++) {
                JsonNode listed = (last.isEmpty()
                                ? apiKeys.active(connection, signedIn, user)
                                : apiKeys.activeBehind(connection, signedIn, user, last))
                        .path("data");
                if (!listed.isArray()) {
                    throw UpstreamErrors.unreadable(
                            CloudCall.get(connection, "api-keys", "/api/v1/api-keys", new HttpHeaders()),
                            "it lists nothing");
                }
                for (JsonNode key : listed) {
                    last = key.path("id").asString("");
                    String description = key.path("description").asString("");
                    // a tenant admin may be shown everybody's
                    if (user.equals(key.path("sub").asString("")) && description.startsWith(beginning)) {
                        kept.add(new CredentialInventory.Kept(last, description));
                    }
                }
                if (listed.size() < CloudApiKeys.MOST || last.isEmpty()) {
                    break;
                }
            }
            return kept;
        }

        @Override
        public void end(CredentialInventory.Kept credential) {
            TenantCall call = apiKeys.deletion(connection, signedIn, credential.id());
            TenantAnswer answer = http.exchange(call);
            if (session != null
                    && CloudError.CSRF_REFUSED.equals(CloudError.in(answer).code())) {
                signedIn = sessions.withFreshCsrfToken(connection, session).headers();
                call = apiKeys.deletion(connection, signedIn, credential.id());
                answer = http.exchange(call);
            }
            apiKeys.requireDeleted(call, answer);
        }
    }
}
