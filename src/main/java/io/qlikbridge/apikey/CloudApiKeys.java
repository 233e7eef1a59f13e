package io.qlikbridge.apikey;

import io.qlikbridge.cloudcall.CloudCall;
import io.qlikbridge.cloudcall.CloudDocuments;
import io.qlikbridge.cloudcall.CloudRefusals;
import io.qlikbridge.cloudsession.CloudSession;
import io.qlikbridge.cloudsettings.ApiKeyExpiry;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.upstream.TenantAnswer;
import io.qlikbridge.upstream.TenantCall;
import io.qlikbridge.upstream.UpstreamErrors;
import io.qlikbridge.upstream.Wanted;
import java.net.URI;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** API keys at a tenant, and what it allows of them (contract, section 5). */
@Component
class CloudApiKeys {

    /** As many as a tenant lists at once. */
    static final int MOST = 100;

    private static final String STEP = "api-keys";

    /** Of a key that was made. */
    static final Wanted MADE = Wanted.values("id", "token", "sub", "expiry");

    private static final Wanted LIST = Wanted.NOTHING.withList("data", MOST, Wanted.values("id", "sub", "description"));
    private static final Wanted LIMITS = Wanted.values("max_keys_per_user", "max_api_key_expiry");

    private final CloudDocuments documents;
    private final JsonMapper json = new JsonMapper();

    CloudApiKeys(CloudDocuments documents) {
        this.documents = documents;
    }

    /** To be answered with a new API key for the session's user, or a refusal. */
    TenantCall creation(Connection connection, CloudSession session, String description, ApiKeyExpiry expiry) {
        return CloudCall.of(
                connection,
                STEP,
                HttpMethod.POST,
                CloudCall.at(connection, "/api/v1/api-keys").build().toUri(),
                session.headers(),
                json.writeValueAsString(Map.of("description", description, "expiry", expiry.iso())));
    }

    /**
     * The first 100 active keys of one user: the tenant's default maximum is five. A tenant admin would be shown
     * everybody's without the name.
     *
     * @param qlikUserId not the subject
     */
    JsonNode active(Connection connection, HttpHeaders signedIn, String qlikUserId) {
        URI uri = CloudCall.at(connection, "/api/v1/api-keys?status=active&limit=" + MOST + "&sub={sub}")
                .encode()
                .buildAndExpand(qlikUserId)
                .toUri();
        return documents.get(CloudCall.get(connection, STEP, uri, signedIn), LIST);
    }

    /** The active keys of one user that are listed behind the one of this id, up to 100. */
    JsonNode activeBehind(Connection connection, HttpHeaders signedIn, String qlikUserId, String id) {
        URI uri = CloudCall.at(
                        connection, "/api/v1/api-keys?status=active&limit=" + MOST + "&sub={sub}&startingAfter={id}")
                .encode()
                .buildAndExpand(qlikUserId, id)
                .toUri();
        return documents.get(CloudCall.get(connection, STEP, uri, signedIn), LIST);
    }

    /** The tenant's limits on API keys (contract, section 5.3). */
    JsonNode configuration(Connection connection, CloudSession session) {
        JsonNode tenant = documents.get(
                CloudCall.get(connection, "tenants-me", "/api/v1/tenants/me", session.headers()), Wanted.values("id"));
        URI uri = CloudCall.at(connection, "/api/v1/api-keys/configs/{tenantId}")
                .encode()
                .buildAndExpand(tenant.path("id").asString())
                .toUri();
        return documents.get(CloudCall.get(connection, "api-key-config", uri, session.headers()), LIMITS);
    }

    /** Whether a deletion was done is believed of a plain answer alone: no proxy's page, and no redirect. */
    void requireDeleted(TenantCall call, TenantAnswer answer) {
        if (answer.status().value() == 404) {
            return;
        }
        if (answer.status().is3xxRedirection()) {
            throw UpstreamErrors.redirected(call, answer);
        }
        if (!answer.status().is2xxSuccessful()) {
            throw CloudRefusals.refused(
                    ProblemCode.TENANT_REFUSED,
                    call,
                    answer,
                    "Delete the API key in the user's profile at the tenant.");
        }
        if (answer.document() != null) {
            documents.object(call, answer);
        }
    }

    /** To end an API key. A key may be shown to end itself: then no session is needed. */
    TenantCall deletion(Connection connection, HttpHeaders signedIn, String id) {
        URI uri = CloudCall.at(connection, "/api/v1/api-keys/{id}")
                .encode()
                .buildAndExpand(id)
                .toUri();
        return CloudCall.of(connection, STEP, HttpMethod.DELETE, uri, signedIn, null);
    }
}
