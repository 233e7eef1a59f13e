package io.qlikbridge.consolesetup;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What was typed to have a tenant set up: an administrator's credential, which is never shown again. */
record SetupForm(String apiKey, String clientId, String clientSecret, String kid, boolean dryRun) {

    static final String API_KEY = "setup-api-key";
    static final String CLIENT_ID = "setup-client-id";
    static final String CLIENT_SECRET = "setup-client-secret";
    static final String KID = "setup-kid";

    /** The fields by what the API calls them. */
    static final Map<String, String> FIELDS = Map.of(
            "authorization", API_KEY,
            "authorization.apiKey", API_KEY,
            "authorization.clientId", CLIENT_ID,
            "authorization.clientSecret", CLIENT_SECRET,
            "kid", KID);

    boolean hasCredential() {
        return !(apiKey.isEmpty() && clientId.isEmpty() && clientSecret.isEmpty());
    }

    /** By the names of the API; what was left empty is not there. */
    Map<String, JsonNode> sent() {
        JsonNodeFactory json = JsonNodeFactory.instance;
        ObjectNode authorization = json.objectNode();
        Map.of("apiKey", apiKey, "clientId", clientId, "clientSecret", clientSecret)
                .forEach((name, value) -> {
                    if (!value.isEmpty()) {
                        authorization.put(name, value);
                    }
                });
        Map<String, JsonNode> sent = new LinkedHashMap<>();
        sent.put("authorization", authorization);
        if (!kid.isEmpty()) {
            sent.put("kid", json.stringNode(kid));
        }
        sent.put("dryRun", json.booleanNode(dryRun));
        return sent;
    }

    @Override
    public String toString() {
        return "SetupForm[kid=" + kid + ", dryRun=" + dryRun + "]";
    }
}
