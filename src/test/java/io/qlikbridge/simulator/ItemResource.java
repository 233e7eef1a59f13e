package io.qlikbridge.simulator;

import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/items}: what the caller may see in the catalog. */
final class ItemResource {

    private final Catalog catalog;
    private final Callers callers;
    private final Pages pages;
    private final String tenantId;

    ItemResource(Catalog catalog, Callers callers, Pages pages, String tenantId) {
        this.catalog = catalog;
        this.callers = callers;
        this.pages = pages;
        this.tenantId = tenantId;
    }

    ResponseDefinition list(Incoming request) {
        User caller = callers.of(request).user();
        ItemQuery query = new ItemQuery(request, caller, catalog);
        return Answers.json(
                200,
                pages.byCursor(request, caller.id(), request.limit(1, 10))
                        .of(query.select(catalog.of(caller)), App::itemId, app -> json(app, caller, query)));
    }

    ResponseDefinition one(Incoming request) {
        User caller = callers.of(request).user();
        App found = catalog.of(caller).stream()
                .filter(app -> app.itemId().equals(request.pathVariable("id")))
                .findFirst()
                .orElseThrow(Refusal::notFound);
        return Answers.json(200, json(found, caller, new ItemQuery(request, caller, catalog)));
    }

    private Map<String, Object> json(App app, User caller, ItemQuery query) {
        String owner = app.ownerId() == null ? caller.id() : app.ownerId();
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("isFavorited", false);
        meta.put("tags", List.of());
        meta.put("collections", List.of());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", app.itemId());
        json.put("resourceType", app.resourceType());
        json.put("resourceId", app.resourceId());
        putIfKnown(json, "resourceSubType", app.subType());
        json.put("name", app.name());
        putIfKnown(json, "description", app.description());
        putIfKnown(json, "spaceId", app.spaceId());
        json.put("ownerId", owner);
        json.put("creatorId", owner);
        json.put("updaterId", owner);
        json.put("tenantId", tenantId);
        json.put("createdAt", app.createdAt());
        json.put("updatedAt", app.updatedAt());
        json.put("resourceCreatedAt", app.createdAt());
        json.put("resourceUpdatedAt", app.updatedAt());
        json.put("resourceReloadEndTime", app.updatedAt());
        json.put("resourceReloadStatus", "ok");
        json.put("isFavorited", false);
        json.put("collectionIds", List.of());
        json.put("resourceAttributes", Map.of());
        json.put("resourceCustomAttributes", Map.of());
        json.put("resourceSize", Map.of("appFile", 1048576, "appMemory", 4194304));
        if (!query.withoutActions()) {
            json.put("actions", List.of("read"));
            meta.put("actions", List.of("read"));
        }
        json.put("meta", meta);
        json.put("links", pages.self("/api/v1/items/" + app.itemId()));
        return json;
    }

    private static void putIfKnown(Map<String, Object> json, String member, @Nullable Object value) {
        if (value != null) {
            json.put(member, value);
        }
    }
}
