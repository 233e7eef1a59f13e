package io.qlikbridge.simulator;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The filters and the order that {@code GET /api/v1/items} understands. Collections stay empty here. */
final class ItemQuery {

    private static final String[] PARAMETERS = {
        "resourceType",
        "resourceSubType",
        "limit",
        "next",
        "prev",
        "sort",
        "name",
        "query",
        "spaceId",
        "spaceType",
        "ownerId",
        "notOwnerId",
        "createdByUserId",
        "notCreatedByUserId",
        "collectionId",
        "id",
        "resourceId",
        "resourceIds",
        "noActions",
        "shared"
    };

    private static final Pattern TYPE = Pattern.compile("(?<type>[^,\\[\\]]+)(?:\\[(?<sub>[^\\[\\]]*)])?");

    private final Incoming request;
    private final User caller;
    private final Catalog catalog;

    ItemQuery(Incoming request, User caller, Catalog catalog) {
        request.allow(PARAMETERS);
        this.request = request;
        this.caller = caller;
        this.catalog = catalog;
    }

    List<App> select(List<App> apps) {
        if (request.query("resourceType") == null
                && (request.query("resourceId") != null || request.query("resourceIds") != null)) {
            throw Refusal.invalid("resourceId needs a resourceType.");
        }
        return apps.stream()
                .filter(having("resourceType", (app, types) -> isOf(app, types)))
                .filter(having("resourceSubType", (app, types) -> listed(types, app.subType())))
                .filter(having("collectionId", (app, id) -> false))
                .filter(having("name", (app, part) -> contains(app.name(), part)))
                .filter(having("query", (app, part) -> contains(app.name(), part) || contains(app.description(), part)))
                .filter(having("spaceId", (app, id) -> id.equals(app.spaceId() == null ? "personal" : app.spaceId())))
                .filter(having("spaceType", (app, types) -> listed(types, spaceType(app))))
                .filter(having("ownerId", (app, id) -> id.equals(owner(app))))
                .filter(having("notOwnerId", (app, id) -> !id.equals(owner(app))))
                .filter(having("createdByUserId", (app, id) -> id.equals(owner(app))))
                .filter(having("notCreatedByUserId", (app, id) -> !id.equals(owner(app))))
                .filter(having("id", (app, id) -> id.equals(app.itemId())))
                .filter(having("resourceId", (app, id) -> id.equals(app.resourceId())))
                .filter(having("resourceIds", (app, ids) -> listed(ids, app.resourceId())))
                .sorted(order())
                .toList();
    }

    boolean withoutActions() {
        return "true".equals(request.query("noActions"));
    }

    private interface Condition {
        boolean holds(App app, String value);
    }

    private Predicate<App> having(String parameter, Condition condition) {
        String value = request.query(parameter);
        return app -> value == null || condition.holds(app, value);
    }

    private Comparator<App> order() {
        String sort = request.query("sort");
        return SortOrder.of(
                sort == null ? "+createdAt" : sort,
                Map.of(
                        "createdAt", Comparator.comparing(App::createdAt),
                        "updatedAt", Comparator.comparing(App::updatedAt),
                        "recentlyUsed", Comparator.comparing(App::updatedAt),
                        "name", Comparator.comparing(app -> app.name().toLowerCase(Locale.ROOT))));
    }

    /**
     * {@code app} is every app, {@code app[]} one without a subtype, {@code app[x,y]} one of these subtypes; what is empty
     * between brackets and commas stands for none.
     */
    private boolean isOf(App app, String types) {
        if (types.contains("[") && request.query("resourceSubType") != null) {
            throw Refusal.invalid("resourceType with brackets and resourceSubType exclude each other.");
        }
        Matcher matcher = TYPE.matcher(types);
        while (matcher.find()) {
            boolean anySubType = matcher.group("sub") == null;
            if (matcher.group("type").equals(app.resourceType())
                    && (anySubType || listed(matcher.group("sub"), app.subType() == null ? "" : app.subType()))) {
                return true;
            }
        }
        return false;
    }

    private String owner(App app) {
        return app.ownerId() == null ? caller.id() : app.ownerId();
    }

    private String spaceType(App app) {
        return app.spaceId() == null
                ? "personal"
                : catalog.space(app.spaceId()).map(Space::type).orElse("shared");
    }

    private static boolean listed(String list, @Nullable String value) {
        return value != null && List.of(list.split(",", -1)).contains(value);
    }

    private static boolean contains(@Nullable String text, String part) {
        return text != null && text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
