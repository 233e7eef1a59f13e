package io.qlikbridge.simulator;

import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/identity-providers}, for admins: how the bridge's key becomes known to the tenant. */
final class IdentityProviderResource {

    private final IdentityProviders providers;
    private final Callers callers;
    private final Pages pages;
    private final Settings settings;
    private final String tenantId;

    IdentityProviderResource(
            IdentityProviders providers, Callers callers, Pages pages, Settings settings, String tenantId) {
        this.providers = providers;
        this.callers = callers;
        this.pages = pages;
        this.settings = settings;
        this.tenantId = tenantId;
    }

    ResponseDefinition add(Incoming request) {
        callers.admin(request);
        JsonNode body = request.object();
        require(body.path("protocol").asString("").equals("jwtAuth"), "protocol must be jwtAuth.");
        require(body.path("provider").asString("").equals("external"), "provider must be external.");
        JsonNode keys = body.path("options").path("staticKeys");
        require(keys.isArray() && keys.size() == 1, "options.staticKeys must hold one key.");
        JsonNode tolerance = body.path("clockToleranceSec");
        require(
                tolerance.isMissingNode() || tolerance.isInt() && tolerance.asInt() >= 0,
                "clockToleranceSec must be a number of seconds.");
        for (JsonNode id : body.path("tenantIds")) {
            if (!id.asString("").equals(tenantId)) {
                throw Refusal.forbidden("tenantIds names another tenant.");
            }
        }
        String pem = text(keys.path(0), "pem");
        require(settings.pemForm.takes(pem), "options.staticKeys[0].pem is in a form that is not accepted.");
        IdentityProvider made = providers.add(
                text(body.path("options"), "issuer"),
                text(keys.path(0), "kid"),
                pem,
                tolerance.asInt(0),
                body.path("active").asBoolean(true),
                body.path("description").asString(""));
        return Answers.json(201, json(made));
    }

    ResponseDefinition list(Incoming request) {
        User admin = callers.admin(request).user();
        request.allow("limit", "next", "prev", "active");
        String active = request.query("active");
        List<IdentityProvider> wanted = providers.all().stream()
                .filter(one -> active == null || active.equals(Boolean.toString(one.active())))
                .toList();
        return Answers.json(
                200,
                pages.byCursor(request, admin.id(), request.limit(1, 20)).of(wanted, IdentityProvider::id, this::json));
    }

    ResponseDefinition one(Incoming request) {
        callers.admin(request);
        return Answers.json(200, json(known(request)));
    }

    ResponseDefinition describe(Incoming request) {
        callers.admin(request);
        providers.describe(known(request).id(), request.replacementOf("/description"));
        return Answers.empty(204).build();
    }

    ResponseDefinition remove(Incoming request) {
        callers.admin(request);
        providers.remove(known(request).id());
        return Answers.empty(204).build();
    }

    private IdentityProvider known(Incoming request) {
        return providers.find(request.pathVariable("id")).orElseThrow(Refusal::notFound);
    }

    private Map<String, Object> json(IdentityProvider provider) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", provider.id());
        json.put("active", provider.active());
        json.put("interactive", false);
        json.put("protocol", "jwtAuth");
        json.put("provider", "external");
        json.put("tenantIds", List.of(tenantId));
        json.put("description", provider.description());
        json.put("clockToleranceSec", provider.clockToleranceSeconds());
        json.put("created", provider.created());
        json.put("lastUpdated", provider.updated());
        json.put(
                "options",
                Map.of(
                        "issuer",
                        provider.issuer(),
                        "staticKeys",
                        List.of(Map.of("kid", provider.kid(), "pem", settings.shownPem.apply(provider.pem())))));
        json.put("meta", Map.of());
        return json;
    }

    private static String text(JsonNode object, String member) {
        String text = object.path(member).asString("");
        require(object.path(member).isString() && !text.isBlank(), member + " is required.");
        return text;
    }

    private static void require(boolean good, String otherwise) {
        if (!good) {
            throw Refusal.invalid(otherwise);
        }
    }
}
