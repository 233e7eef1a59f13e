package io.qlikbridge.simulator;

import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code /api/v1/apps/{id}} and {@code /api/v1/spaces}: what surrounds the items. */
final class ContentResource {

    private final Catalog catalog;
    private final Callers callers;
    private final Pages pages;
    private final String tenantId;

    ContentResource(Catalog catalog, Callers callers, Pages pages, String tenantId) {
        this.catalog = catalog;
        this.callers = callers;
        this.pages = pages;
        this.tenantId = tenantId;
    }

    ResponseDefinition app(Incoming request) {
        User caller = callers.of(request).user();
        App app = catalog.of(caller).stream()
                .filter(one -> one.resourceId().equals(request.pathVariable("id")))
                .filter(one -> one.resourceType().equals("app"))
                .findFirst()
                .orElseThrow(Refusal::notFound);
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("id", app.resourceId());
        attributes.put("name", app.name());
        attributes.put("description", app.description() == null ? "" : app.description());
        attributes.put("ownerId", app.ownerId() == null ? caller.id() : app.ownerId());
        attributes.put("publishTime", "");
        attributes.put("published", false);
        attributes.put("createdDate", app.createdAt());
        attributes.put("modifiedDate", app.updatedAt());
        attributes.put("lastReloadTime", app.updatedAt());
        attributes.put("hasSectionAccess", false);
        attributes.put("isDirectQueryMode", false);
        attributes.put("encrypted", false);
        attributes.put("originAppId", "");
        attributes.put("thumbnail", "");
        attributes.put("usage", "ANALYTICS");
        attributes.put("custom", Map.of());
        return Answers.json(200, Map.of("attributes", attributes, "privileges", List.of("read"), "create", List.of()));
    }

    ResponseDefinition spaces(Incoming request) {
        User caller = callers.of(request).user();
        request.allow("limit", "next", "prev", "name", "type");
        String name = request.query().getOrDefault("name", "").toLowerCase(Locale.ROOT);
        String types = request.query().getOrDefault("type", "shared,managed,data");
        List<Space> seen = catalog.spacesOf(caller).stream()
                .filter(space -> space.name().toLowerCase(Locale.ROOT).contains(name))
                .filter(space -> List.of(types.split(",")).contains(space.type()))
                .toList();
        return Answers.json(
                200, pages.byCursor(request, caller.id(), request.limit(1, 10)).of(seen, Space::id, this::json));
    }

    ResponseDefinition space(Incoming request) {
        User caller = callers.of(request).user();
        return Answers.json(
                200,
                catalog.spacesOf(caller).stream()
                        .filter(space -> space.id().equals(request.pathVariable("id")))
                        .findFirst()
                        .map(this::json)
                        .orElseThrow(Refusal::notFound));
    }

    private Map<String, Object> json(Space space) {
        return Map.of(
                "id",
                space.id(),
                "name",
                space.name(),
                "type",
                space.type(),
                "tenantId",
                tenantId,
                "links",
                pages.self("/api/v1/spaces/" + space.id()),
                "meta",
                Map.of("roles", List.of(), "actions", List.of("read"), "assignableRoles", List.of()));
    }
}
