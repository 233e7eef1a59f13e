package io.qlikbridge.apikey;

import io.qlikbridge.cloudcall.CloudDocuments;
import io.qlikbridge.cloudcall.CloudError;
import io.qlikbridge.cloudcall.CloudRefusals;
import io.qlikbridge.cloudcall.TenantUser;
import io.qlikbridge.cloudsession.CloudSession;
import io.qlikbridge.cloudsession.CloudSessions;
import io.qlikbridge.cloudsettings.ApiKeyExpiry;
import io.qlikbridge.cloudsettings.ApiKeyMaximums;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.received.BearerToken;
import io.qlikbridge.tenant.Credential;
import io.qlikbridge.tenant.IssuedCredential;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.upstream.TenantAnswer;
import io.qlikbridge.upstream.TenantCall;
import io.qlikbridge.upstream.TenantHttp;
import io.qlikbridge.upstream.UpstreamErrors;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Has the tenant make an API key for a session's user, and finds out why where it will not (contract, sections 5.1 to
 * 5.4).
 */
@Component
class ApiKeyMaker {

    private static final Logger log = LoggerFactory.getLogger(ApiKeyMaker.class);

    private final CloudSessions sessions;
    private final TenantUser users;
    private final CloudApiKeys apiKeys;
    private final TenantHttp http;
    private final CloudDocuments documents;
    private final ApiKeyMaximums maximums;

    ApiKeyMaker(
            CloudSessions sessions,
            TenantUser users,
            CloudApiKeys apiKeys,
            TenantHttp http,
            CloudDocuments documents,
            ApiKeyMaximums maximums) {
        this.sessions = sessions;
        this.users = users;
        this.apiKeys = apiKeys;
        this.http = http;
        this.documents = documents;
        this.maximums = maximums;
    }

    IssuedCredential make(Connection connection, CloudSession session, String description, Runnable proceed) {
        CloudSession ready = session.csrfToken() == null ? sessions.withFreshCsrfToken(connection, session) : session;
        ApiKeyExpiry expiry = maximums.effectiveExpiry(connection);
        TenantCall call = apiKeys.creation(connection, ready, description, expiry);
        proceed.run();
        TenantAnswer answer = http.exchange(call, CloudApiKeys.MADE);
        if (CloudError.CSRF_REFUSED.equals(CloudError.in(answer).code())) {
            // refused before anything was done, so asking again makes no second key
            ready = sessions.withFreshCsrfToken(connection, session);
            call = apiKeys.creation(connection, ready, description, expiry);
            proceed.run();
            answer = http.exchange(call, CloudApiKeys.MADE);
        }
        Optional<ApiKeyExpiry> maximum = answer.status().value() == 400
                ? ApiKeyLimits.read(users, apiKeys, connection, ready, installation(description))
                        .maximumExpiry()
                : Optional.empty();
        if (maximum.isPresent() && expiry.duration().compareTo(maximum.get().duration()) > 0) {
            maximums.found(connection, maximum.get());
            log.info(
                    "The tenant of connection {} allows API keys to last {} at most; the configured {} is cut to that",
                    connection.id(),
                    maximum.get(),
                    expiry);
            call = apiKeys.creation(connection, ready, description, maximum.get());
            proceed.run();
            answer = http.exchange(call, CloudApiKeys.MADE);
        }
        if (!answer.status().is2xxSuccessful()) {
            throw explained(connection, ready, installation(description), call, answer);
        }
        return issued(call, documents.object(call, answer));
    }

    private TenantException explained(
            Connection connection, CloudSession session, String ours, TenantCall call, TenantAnswer answer) {
        if (answer.status().is3xxRedirection()) {
            return UpstreamErrors.redirected(call, answer);
        }
        if (answer.status().value() != 400 && answer.status().value() != 403) {
            return CloudRefusals.refused(
                    ProblemCode.API_KEY_REFUSED,
                    call,
                    answer,
                    "Check the user's permissions in the tenant's administration.");
        }
        ApiKeyLimits limits = ApiKeyLimits.read(users, apiKeys, connection, session, ours);
        if (answer.status().value() == 403 && limits.isReached()) {
            return CloudRefusals.refused(ProblemCode.API_KEY_LIMIT_REACHED, call, answer, limits.reachedRemedy());
        }
        return CloudRefusals.refused(
                ProblemCode.API_KEY_REFUSED, call, answer, limits.refusedRemedy(maximums.effectiveExpiry(connection)));
    }

    /** What the descriptions of one installation have in common: all but the operation at the end. */
    private static String installation(String description) {
        return description.substring(0, description.lastIndexOf('/') + 1);
    }

    private static IssuedCredential issued(TenantCall call, JsonNode key) {
        String id = key.path("id").asString("");
        String token = key.path("token").asString("");
        String owner = key.path("sub").asString("");
        if (id.isEmpty() || owner.isEmpty() || !BearerToken.isFit(token)) {
            throw UpstreamErrors.unreadable(call, "it lacks the id, the token or the owner of the API key");
        }
        return new IssuedCredential(new Credential(id, token, expiry(call, key)), owner);
    }

    private static Instant expiry(TenantCall call, JsonNode key) {
        try {
            return OffsetDateTime.parse(key.path("expiry").asString("")).toInstant();
        } catch (DateTimeException notADate) {
            throw UpstreamErrors.unreadable(call, "it does not say when the API key expires");
        }
    }
}
