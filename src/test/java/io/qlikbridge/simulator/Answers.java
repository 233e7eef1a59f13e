package io.qlikbridge.simulator;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Makes the tenant's answers; each carries a trace id of its own. */
final class Answers {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> STATUS_AS_TEXT =
            List.of("/login", "/api/v1/csrf-token", "/api/v1/tenants", "/api/v1/web-integrations");
    private static final List<String> STATUS_AS_NUMBER =
            List.of("/api/v1/api-keys", "/api/v1/users", "/api/v1/identity-providers");

    private Answers() {}

    static ResponseDefinition json(int status, Object body) {
        return with(status, RandomText.traceId(), body).build();
    }

    static ResponseDefinitionBuilder empty(int status) {
        return new ResponseDefinitionBuilder().withStatus(status).withHeader("X-B3-Traceid", RandomText.traceId());
    }

    static ResponseDefinition redirect(int status, String location) {
        return empty(status).withHeader("Location", location).build();
    }

    /**
     * Qlik's error envelope. Services differ in how {@code status} is written inside it: as text, as a number, or not at
     * all where nothing is published. The refusal of a CSRF token shows its code at the top level as well.
     */
    static ResponseDefinition refusal(Refusal refusal, String path) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("title", refusal.title());
        error.put("detail", refusal.getMessage());
        error.put("code", refusal.code());
        if (isUnder(path, STATUS_AS_TEXT)) {
            error.put("status", Integer.toString(refusal.status()));
        }
        if (isUnder(path, STATUS_AS_NUMBER)) {
            error.put("status", refusal.status());
        }
        if (!refusal.meta().isEmpty()) {
            error.put("meta", refusal.meta());
        }
        String traceId = RandomText.traceId();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("errors", List.of(error));
        body.put("traceId", traceId);
        if (refusal.code().startsWith("CSRF-TOKEN")) {
            body.put("code", refusal.code());
            body.put("title", refusal.title());
        }
        return with(refusal.status(), traceId, body).build();
    }

    static ResponseDefinitionBuilder with(int status, String traceId, Object body) {
        return new ResponseDefinitionBuilder()
                .withStatus(status)
                .withHeader("X-B3-Traceid", traceId)
                .withHeader("Content-Type", "application/json; charset=utf-8")
                .withBody(JSON.writeValueAsString(body));
    }

    private static boolean isUnder(String path, List<String> prefixes) {
        return prefixes.stream().anyMatch(prefix -> path.equals(prefix) || path.startsWith(prefix + "/"));
    }
}
