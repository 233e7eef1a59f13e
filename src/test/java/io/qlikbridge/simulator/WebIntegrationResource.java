package io.qlikbridge.simulator;

import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/web-integrations}, for admins. */
final class WebIntegrationResource {

    /** Scheme, host, and port if it is not the default: no path, no wildcard. */
    private static final String ORIGIN = "https?://[A-Za-z0-9.\\-]+(:\\d{1,5})?";

    private final WebIntegrations integrations;
    private final Callers callers;
    private final Pages pages;
    private final String tenantId;

    WebIntegrationResource(WebIntegrations integrations, Callers callers, Pages pages, String tenantId) {
        this.integrations = integrations;
        this.callers = callers;
        this.pages = pages;
        this.tenantId = tenantId;
    }

    ResponseDefinition add(Incoming request) {
        User admin = admin(request);
        JsonNode body = request.object();
        for (String member : body.propertyNames()) {
            if (!Set.of("name", "validOrigins").contains(member)) {
                throw new Refusal(400, "WEBINTEGRATIONS-6", "Unknown property", member + " is not known.");
            }
        }
        if (!body.path("name").isString() || body.path("name").asString().isBlank()) {
            throw new Refusal(
                    400,
                    "WEBINTEGRATIONS-5",
                    "Missing fields",
                    "name is required.",
                    Map.of("requiredFields", List.of("name")));
        }
        String id = RandomText.traceId();
        WebIntegration made = integrations.add(id, body.path("name").asString(), origins(body.path("validOrigins")));
        return Answers.json(201, json(made, admin));
    }

    ResponseDefinition list(Incoming request) {
        User admin = admin(request);
        request.allow("limit", "startingAfter", "endingBefore", "sort", "tenantId");
        Comparator<WebIntegration> byName =
                Comparator.comparing(WebIntegration::name).thenComparing(WebIntegration::id);
        boolean descending = "-name".equals(request.query("sort"));
        List<WebIntegration> sorted = integrations.all().stream()
                .sorted(descending ? byName.reversed() : byName)
                .toList();
        return Answers.json(
                200, pages.byId(request, request.limit(0, 10)).of(sorted, WebIntegration::id, one -> json(one, admin)));
    }

    ResponseDefinition one(Incoming request) {
        User admin = admin(request);
        return Answers.json(200, json(known(request), admin));
    }

    /** Replaces name or origins; the types say the value is a text, which origins are not. */
    ResponseDefinition change(Incoming request) {
        admin(request);
        WebIntegration known = known(request);
        for (JsonNode change : request.body()) {
            JsonNode value = change.path("value");
            String path = change.path("path").asString("");
            if (!change.path("op").asString("").equals("replace")
                    || !(path.equals("/name") && value.isString() || path.equals("/validOrigins"))) {
                throw new Refusal(400, "WEBINTEGRATIONS-4", "Bad patch", "Only name and validOrigins can be replaced.");
            }
            known = path.equals("/name")
                    ? new WebIntegration(known.id(), value.asString(), known.validOrigins(), known.created())
                    : new WebIntegration(known.id(), known.name(), origins(value), known.created());
        }
        integrations.change(known);
        return Answers.empty(204).build();
    }

    ResponseDefinition remove(Incoming request) {
        admin(request);
        integrations.remove(known(request).id());
        return Answers.empty(204).build();
    }

    private User admin(Incoming request) {
        Caller caller = callers.of(request);
        if (!caller.user().admin()) {
            throw new Refusal(403, "WEBINTEGRATIONS_FORBIDDEN", "Forbidden", "Only a tenant admin may do this.");
        }
        return caller.user();
    }

    private WebIntegration known(Incoming request) {
        return integrations
                .find(request.pathVariable("id"))
                .orElseThrow(() -> new Refusal(404, "WEBINTEGRATIONS_NOT_FOUND", "Not found", "No such integration."));
    }

    private static Set<String> origins(JsonNode list) {
        Set<String> origins = new HashSet<>();
        for (JsonNode origin : list) {
            origins.add(origin.asString(""));
        }
        boolean isList = list.isArray() || list.isMissingNode();
        if (!isList || !origins.stream().allMatch(origin -> origin.matches(ORIGIN))) {
            throw new Refusal(400, "BAD_REQUEST", "Bad request", "validOrigins must be origins.");
        }
        return origins;
    }

    private Map<String, Object> json(WebIntegration integration, User admin) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", integration.id());
        json.put("name", integration.name());
        json.put("validOrigins", integration.validOrigins());
        json.put("tenantId", tenantId);
        json.put("created", integration.created());
        json.put("createdBy", admin.id());
        json.put("lastUpdated", integration.created());
        json.put("links", pages.self("/api/v1/web-integrations/" + integration.id()));
        return json;
    }
}
