package io.qlikbridge.qlikcloud;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.signing.Assertion;
import io.qlikbridge.tenant.AppQuery;
import io.qlikbridge.tenant.Credential;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The calls to a Qlik Cloud tenant, one method each, in the tenant's words. */
@Component
class CloudApi {

    static final String API_KEYS = "api-keys";

    private static final String WEB_INTEGRATION = "qlik-web-integration-id";
    private static final String ASSERTION_REMEDY =
            "Compare the issuer and key id of the connection with the identity provider in the tenant's administration,"
                    + " and give it the certificate of the active signing key.";

    private final CloudHttp http;

    // an upstream may add members at any time
    private final JsonMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    CloudApi(CloudHttp http) {
        this.http = http;
    }

    /** Exchanges an assertion for a session (contract, section 3). A refused assertion is spent: sign another. */
    CloudSession login(Connection connection, Assertion assertion) {
        HttpHeaders headers = new HttpHeaders();
        headers.setBearerAuth(assertion.value());
        UriComponentsBuilder uri = at(connection, "/login/jwt-session");
        String webIntegration = connection.webIntegrationId();
        if (webIntegration != null) {
            uri.queryParam(WEB_INTEGRATION, webIntegration);
            headers.set(WEB_INTEGRATION, webIntegration);
        }
        if (connection.origin() != null) {
            headers.setOrigin(connection.origin());
        }
        CloudCall call = new CloudCall(
                connection, "jwt-session", HttpMethod.POST, uri.encode().build().toUri(), headers, "");
        CloudAnswer answer = successful(call, http.exchange(call), ProblemCode.ASSERTION_REFUSED, ASSERTION_REMEDY);
        CloudSession session = CloudSession.from(answer.headers());
        if (session.cookies().isEmpty()) {
            throw Refusals.unreadable(call, "it sets no session cookie");
        }
        return session;
    }

    /** The same session with a CSRF token asked for (contract, section 4). */
    CloudSession withFreshCsrfToken(Connection connection, CloudSession session) {
        CloudCall call = get(connection, "csrf-token", "/api/v1/csrf-token", session.headers());
        CloudAnswer answer = successful(call, http.exchange(call));
        String token = CloudSession.csrfToken(answer.headers());
        if (token == null) {
            throw Refusals.unreadable(call, "it has no qlik-csrf-token header");
        }
        return session.withCsrfToken(token);
    }

    /** Asks for an API key for the session's user. Answers whatever the tenant says, a refusal too. */
    CloudAnswer createApiKey(Connection connection, CloudSession session, String description, String expiry) {
        return http.exchange(apiKeyCall(connection, session, description, expiry));
    }

    CloudCall apiKeyCall(Connection connection, CloudSession session, String description, String expiry) {
        return new CloudCall(
                connection,
                API_KEYS,
                HttpMethod.POST,
                at(connection, "/api/v1/api-keys").build().toUri(),
                session.headers(),
                json.writeValueAsString(Map.of("description", description, "expiry", expiry)));
    }

    /** The session user's own active keys, up to 100: the tenant's default maximum is five. */
    JsonNode activeApiKeys(Connection connection, CloudSession session) {
        return document(get(connection, API_KEYS, "/api/v1/api-keys?status=active&limit=100", session.headers()));
    }

    /** The tenant's limits on API keys (contract, section 5.3). */
    JsonNode apiKeyConfiguration(Connection connection, CloudSession session) {
        JsonNode tenant = document(get(connection, "tenants-me", "/api/v1/tenants/me", session.headers()));
        URI uri = at(connection, "/api/v1/api-keys/configs/{tenantId}")
                .encode()
                .buildAndExpand(tenant.path("id").asString())
                .toUri();
        return document(new CloudCall(connection, "api-key-config", HttpMethod.GET, uri, session.headers(), null));
    }

    /** Who the session's user is to the tenant. */
    JsonNode me(Connection connection, CloudSession session) {
        return document(get(connection, "users-me", "/api/v1/users/me", session.headers()));
    }

    /** One page of the credential's user's apps (contract, section 7.1). */
    JsonNode items(Connection connection, Credential credential, AppQuery query) {
        UriComponentsBuilder uri = at(connection, "/api/v1/items")
                .queryParam("resourceType", "app")
                .queryParam("noActions", "true")
                .queryParam("limit", query.size());
        Map<String, Object> values = new HashMap<>();
        add(uri, values, "name", query.name());
        add(uri, values, "spaceId", query.space());
        add(uri, values, "sort", direction(query.sort()));
        add(uri, values, "next", query.after());
        return document(new CloudCall(
                connection,
                "items",
                HttpMethod.GET,
                uri.encode().buildAndExpand(values).toUri(),
                bearer(credential),
                null));
    }

    /** Deletes an API key, showing the key itself. Answers whatever the tenant says. */
    CloudAnswer deleteApiKey(Connection connection, Credential credential) {
        return http.exchange(deletion(connection, credential));
    }

    CloudCall deletion(Connection connection, Credential credential) {
        URI uri = at(connection, "/api/v1/api-keys/{id}")
                .encode()
                .buildAndExpand(credential.id())
                .toUri();
        return new CloudCall(connection, API_KEYS, HttpMethod.DELETE, uri, bearer(credential), null);
    }

    /** Anything that needs no sign-in: asked for to see whether the tenant is there, and what its clock says. */
    CloudAnswer knock(Connection connection) {
        return http.exchange(
                get(connection, "reachable", "/resources/autogenerated/product-info.json", new HttpHeaders()));
    }

    /** The JSON object in an answer. */
    JsonNode object(CloudCall call, CloudAnswer answer) {
        try {
            JsonNode document = json.readTree(answer.body());
            if (document.isObject()) {
                return document;
            }
            throw Refusals.unreadable(call, "it is not a JSON object");
        } catch (JacksonException notJson) {
            throw Refusals.unreadable(call, "it is not JSON, or not all of it");
        }
    }

    private JsonNode document(CloudCall call) {
        return object(call, successful(call, http.exchangeFollowing(call)));
    }

    private static CloudAnswer successful(CloudCall call, CloudAnswer answer) {
        return successful(call, answer, ProblemCode.TENANT_REFUSED, "See what the tenant says, and its audit log.");
    }

    private static CloudAnswer successful(CloudCall call, CloudAnswer answer, ProblemCode code, String remedy) {
        if (answer.status().is2xxSuccessful()) {
            return answer;
        }
        if (answer.status().is3xxRedirection()) {
            throw Refusals.unreadable(call, "it redirects, which this call never does");
        }
        throw Refusals.refused(code, call, answer, remedy);
    }

    private static CloudCall get(Connection connection, String step, String path, HttpHeaders headers) {
        return new CloudCall(
                connection, step, HttpMethod.GET, at(connection, path).build().toUri(), headers, null);
    }

    private static UriComponentsBuilder at(Connection connection, String path) {
        return UriComponentsBuilder.fromUriString(connection.host() + path);
    }

    private static HttpHeaders bearer(Credential credential) {
        HttpHeaders headers = new HttpHeaders();
        headers.setBearerAuth(credential.token());
        return headers;
    }

    private static void add(UriComponentsBuilder uri, Map<String, Object> values, String name, @Nullable String value) {
        if (value != null) {
            uri.queryParam(name, "{" + name + "}");
            values.put(name, value);
        }
    }

    private static @Nullable String direction(@Nullable String sort) {
        return sort == null || sort.startsWith("-") ? sort : "+" + sort;
    }
}
