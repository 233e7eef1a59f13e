package io.qlikbridge.simulator;

import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/api-keys}. The codes of its refusals are not published; 403 stands for a missing permission and for the
 * key limit, 400 for a body it cannot accept.
 */
final class ApiKeyResource {

    private final ApiKeys keys;
    private final Callers callers;
    private final Pages pages;
    private final Settings settings;
    private final Clock clock;
    private final String tenantId;

    ApiKeyResource(ApiKeys keys, Callers callers, Pages pages, Settings settings, Clock clock, String tenantId) {
        this.keys = keys;
        this.callers = callers;
        this.pages = pages;
        this.settings = settings;
        this.clock = clock;
        this.tenantId = tenantId;
    }

    ResponseDefinition make(Incoming request) {
        Caller caller = callers.of(request);
        if (!caller.mayMakeApiKeys()) {
            throw Refusal.forbidden("The permission to manage API keys is missing.");
        }
        KeyRequest wanted = KeyRequest.read(request.object(), caller.user(), settings.maxApiKeyExpiry);
        IssuedKey key = keys.make(wanted.userId(), caller.user().id(), wanted.description(), wanted.lifetime());
        Map<String, Object> json = json(key);
        json.put("token", key.token());
        return Answers.json(201, json);
    }

    ResponseDefinition list(Incoming request) {
        User caller = callers.of(request).user();
        request.allow("createdByUser", "sub", "status", "limit", "sort", "startingAfter", "endingBefore");
        String createdBy = ownUnlessAdmin(request.query("createdByUser"), caller);
        String owner = ownUnlessAdmin(request.query("sub"), caller);
        String status = request.query("status");
        List<IssuedKey> sorted = keys.all().stream()
                .filter(key -> createdBy == null || key.createdBy().equals(createdBy))
                .filter(key -> owner == null || key.userId().equals(owner))
                .filter(key -> status == null || key.status(clock.instant()).equals(status))
                .sorted(order(request.query("sort")))
                .toList();
        return Answers.json(200, pages.byId(request, request.limit(1, 20)).of(sorted, IssuedKey::id, this::json));
    }

    ResponseDefinition one(Incoming request) {
        return Answers.json(200, json(visible(request)));
    }

    ResponseDefinition describe(Incoming request) {
        keys.describe(visible(request).id(), request.replacementOf("/description"));
        return Answers.empty(204).build();
    }

    /** The owner's deletion removes a key; an admin's leaves it in the list, revoked. */
    ResponseDefinition delete(Incoming request) {
        IssuedKey key = visible(request);
        if (key.userId().equals(callers.of(request).user().id())) {
            keys.remove(key.id());
        } else {
            keys.revoke(key.id());
        }
        return Answers.empty(204).build();
    }

    ResponseDefinition configuration(Incoming request) {
        callers.of(request);
        if (!settings.configReadable) {
            throw Refusal.forbidden("The configuration is not for this user.");
        }
        if (!request.pathVariable("tenantId").equals(tenantId)) {
            throw Refusal.notFound();
        }
        return Answers.json(
                200,
                Map.of(
                        "max_keys_per_user",
                        settings.maxKeysPerUser,
                        "max_api_key_expiry",
                        settings.maxApiKeyExpiry.toString(),
                        "scim_externalClient_expiry",
                        "P365D"));
    }

    private IssuedKey visible(Incoming request) {
        User caller = callers.of(request).user();
        IssuedKey key = keys.find(request.pathVariable("id")).orElseThrow(Refusal::notFound);
        if (!caller.admin() && !key.userId().equals(caller.id())) {
            throw Refusal.forbidden("The key is another user's.");
        }
        return key;
    }

    private static @Nullable String ownUnlessAdmin(@Nullable String wanted, User caller) {
        if (caller.admin() || caller.id().equals(wanted)) {
            return wanted;
        }
        if (wanted != null) {
            throw Refusal.forbidden("The keys of others are for tenant admins.");
        }
        return caller.id();
    }

    private Comparator<IssuedKey> order(@Nullable String sort) {
        return SortOrder.of(
                sort == null ? "-created" : sort,
                Map.of(
                        "createdByUser", Comparator.comparing(IssuedKey::createdBy),
                        "sub", Comparator.comparing(IssuedKey::userId),
                        "status", Comparator.comparing((IssuedKey key) -> key.status(clock.instant())),
                        "description", Comparator.comparing(IssuedKey::description),
                        "created", Comparator.comparing(IssuedKey::number)));
    }

    private Map<String, Object> json(IssuedKey key) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", key.id());
        json.put("tenantId", tenantId);
        json.put("description", key.description());
        json.put("status", key.status(clock.instant()));
        json.put("sub", key.userId());
        json.put("subType", "user");
        json.put("createdByUser", key.createdBy());
        json.put("created", key.created());
        json.put("lastUpdated", key.updated());
        json.put("expiry", key.expiry());
        return json;
    }
}
