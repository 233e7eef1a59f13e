package io.qlikbridge.simulator;

import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/users}: oneself by redirect, and the list for admins. */
final class UserResource {

    private final Users users;
    private final Callers callers;
    private final Pages pages;
    private final Settings settings;
    private final String tenantId;

    UserResource(Users users, Callers callers, Pages pages, Settings settings, String tenantId) {
        this.users = users;
        this.callers = callers;
        this.pages = pages;
        this.settings = settings;
        this.tenantId = tenantId;
    }

    ResponseDefinition me(Incoming request) {
        User caller = callers.of(request).user();
        return Answers.redirect(301, settings.redirectBase + "/api/v1/users/" + caller.id());
    }

    ResponseDefinition one(Incoming request) {
        User caller = callers.of(request).user();
        String id = request.pathVariable("id");
        User found =
                users.find(id).orElseThrow(() -> new Refusal(404, "USERS-7", "Not found", "There is no such user."));
        if (!caller.admin() && !caller.id().equals(id)) {
            throw Refusal.forbidden("The user is someone else.");
        }
        return Answers.json(200, json(found));
    }

    /** Only the subject is required; a role is known by its name. */
    ResponseDefinition add(Incoming request) {
        callers.admin(request);
        JsonNode body = request.object();
        String subject = body.path("subject").asString("");
        if (!body.path("subject").isString() || subject.isBlank()) {
            throw Refusal.invalid("subject is required.");
        }
        boolean isAdmin = body.path("assignedRoles")
                .valueStream()
                .anyMatch(role -> role.path("name").asString("").equals("TenantAdmin"));
        String email = body.path("email").isString() ? body.path("email").asString() : null;
        User made = users.make(subject, body.path("name").asString(subject), email, isAdmin)
                .orElseThrow(() -> new Refusal(409, "USERS-9", "Conflict", "There is a user of this subject."));
        return Answers.json(201, json(made));
    }

    ResponseDefinition list(Incoming request) {
        User admin = callers.admin(request).user();
        request.allow("filter", "fields", "limit", "next", "prev", "sort", "totalResults");
        List<User> sorted = users.all().stream()
                .filter(UserFilter.of(request.query("filter")))
                .sorted(order(request.query("sort")))
                .toList();
        return Answers.json(
                200, pages.byCursor(request, admin.id(), request.limit(1, 20)).of(sorted, User::id, this::json));
    }

    private static Comparator<User> order(@Nullable String sort) {
        return SortOrder.of(
                sort == null ? "+name" : sort,
                Map.of("name", Comparator.comparing(User::name).thenComparing(User::id)));
    }

    private Map<String, Object> json(User user) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", user.id());
        json.put("tenantId", tenantId);
        json.put("subject", user.subject());
        json.put("name", user.name());
        if (user.email() != null) {
            json.put("email", user.email());
        }
        json.put("status", users.isDisabled(user) ? "disabled" : "active");
        json.put("assignedRoles", user.admin() ? List.of(tenantAdmin()) : List.of());
        json.put(
                "assignedGroups",
                user.groups().stream().map(UserResource::group).toList());
        json.put("assignedScopes", List.of());
        json.put("createdAt", user.createdAt());
        json.put("lastUpdatedAt", user.updatedAt());
        json.put("links", pages.self("/api/v1/users/" + user.id()));
        return json;
    }

    private static Map<String, Object> tenantAdmin() {
        return Map.of("id", "000000000000000000000001", "name", "TenantAdmin", "type", "default", "level", "admin");
    }

    private static Map<String, Object> group(String name) {
        String id = String.format("%024x", name.hashCode() & 0xffffffffL);
        return Map.of("id", id, "name", name, "providerType", "idp", "assignedRoles", List.of());
    }
}
