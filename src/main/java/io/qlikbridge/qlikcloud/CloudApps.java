package io.qlikbridge.qlikcloud;

import io.qlikbridge.cloudcall.CloudDocuments;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.paging.Page;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.UpstreamAnswer;
import io.qlikbridge.received.Instants;
import io.qlikbridge.received.NextPage;
import io.qlikbridge.tenant.ActingAs;
import io.qlikbridge.tenant.App;
import io.qlikbridge.tenant.AppCatalog;
import io.qlikbridge.tenant.AppQuery;
import io.qlikbridge.tenant.Credential;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.upstream.TenantCall;
import io.qlikbridge.upstream.UpstreamErrors;
import io.qlikbridge.upstream.Wanted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The app list out of a Qlik Cloud tenant's items (contract, section 7). */
@Component
class CloudApps implements AppCatalog {

    private static final int MOST_CALLS = 5;

    /** The longest page there is; of one that is longer than was asked for, nothing is to be missed. */
    static final int MOST_ITEMS = 100;

    private static final Wanted ITEM = Wanted.values(
            "id",
            "resourceId",
            "resourceSubType",
            "name",
            "description",
            "spaceId",
            "ownerId",
            "resourceCreatedAt",
            "createdAt",
            "resourceUpdatedAt",
            "updatedAt",
            "resourceReloadEndTime",
            "resourceReloadStatus",
            "thumbnailId");

    private static final Wanted LINKS = Wanted.NOTHING.withObject("next", Wanted.values("href"));

    /** What is read of a page of items. */
    static final Wanted PAGE = Wanted.NOTHING.withObject("links", LINKS).withList("data", MOST_ITEMS, ITEM);

    private final CloudItems items;
    private final CloudDocuments documents;

    CloudApps(CloudItems items, CloudDocuments documents) {
        this.items = items;
        this.documents = documents;
    }

    /** A page that lost items here is filled from the next one, as far as this many calls do. */
    @Override
    public Page<App> apps(Connection connection, ActingAs caller, AppQuery query) {
        Credential credential = caller.requireCredential();
        Listed listed = listed(connection, credential, query);
        List<App> apps = new ArrayList<>(listed.apps());
        for (int calls = 1; calls < MOST_CALLS && listed.leftOut() > 0 && listed.next() != null; calls++) {
            int missing = query.size() - apps.size();
            if (missing <= 0) {
                break;
            }
            listed = listed(connection, credential, query.from(listed.next(), missing));
            apps.addAll(listed.apps());
        }
        return new Page<>(apps, listed.next());
    }

    private Listed listed(Connection connection, Credential credential, AppQuery query) {
        if (query.subType() != null) {
            return read(items.call(connection, credential, query, CloudItems.APPS), query);
        }
        Listed listed = read(items.call(connection, credential, query, CloudItems.ORDINARY_APPS), query);
        if (listed.isEmpty()) {
            // by the brackets (contract, section 7.1); to a tenant that does not know them they name what nothing is
            return read(items.call(connection, credential, query, CloudItems.APPS), query);
        }
        return listed;
    }

    private Listed read(TenantCall call, AppQuery query) {
        JsonNode page = page(call, query);
        if (!page.path("data").isArray()) {
            throw UpstreamErrors.unreadable(call, "it lists nothing");
        }
        try {
            return listed(page, query.subType());
        } catch (IllegalArgumentException malformed) {
            throw UpstreamErrors.unreadable(call, "its link to the next page is malformed");
        }
    }

    /**
     * What a page lists.
     *
     * @param page what was {@link #PAGE wanted} of it
     * @throws IllegalArgumentException of a malformed link to the next page
     */
    static Listed listed(JsonNode page, @Nullable String subType) {
        List<App> apps = new ArrayList<>();
        for (JsonNode item : page.path("data")) {
            // without the app's own id there is nothing to open
            if (item.path("resourceId").isString() && isAsked(subType(item), subType)) {
                apps.add(app(item));
            }
        }
        JsonNode href = page.path("links").path("next").path("href");
        return new Listed(
                apps, page.path("data").size() - apps.size(), href.isString() ? cursor(href.asString()) : null);
    }

    private static boolean isAsked(@Nullable String subType, @Nullable String asked) {
        return AppQuery.ANY_SUB_TYPE.equals(asked) || Objects.equals(subType, asked);
    }

    /**
     * A page as the tenant gave it.
     *
     * @param leftOut how many of its items are no apps that were asked for
     */
    record Listed(List<App> apps, int leftOut, @Nullable String next) {

        boolean isEmpty() {
            return apps.isEmpty() && leftOut == 0 && next == null;
        }
    }

    private JsonNode page(TenantCall call, AppQuery query) {
        try {
            return documents.get(call, PAGE);
        } catch (TenantException refused) {
            UpstreamAnswer answer = refused.upstream();
            if (query.after() != null && answer != null && Integer.valueOf(400).equals(answer.status())) {
                // all else in the query is of our making
                throw BridgeException.invalid("after", "is not \"next\" of a page of this very list");
            }
            throw refused;
        }
    }

    private static App app(JsonNode item) {
        return new App(
                item.path("resourceId").asString(),
                text(item, "id"),
                item.path("name").asString(""),
                item.path("description").asString(""),
                text(item, "spaceId"),
                text(item, "ownerId"),
                subType(item),
                instant(item, "resourceCreatedAt", "createdAt"),
                instant(item, "resourceUpdatedAt", "updatedAt"),
                instant(item, "resourceReloadEndTime", "resourceReloadEndTime"),
                text(item, "resourceReloadStatus"),
                text(item, "thumbnailId"));
    }

    /**
     * The cursor alone: the link around it may name another host, and is never followed.
     *
     * @throws IllegalArgumentException of a malformed link
     */
    static @Nullable String cursor(String href) {
        return NextPage.cursor(href, "next");
    }

    private static @Nullable String text(JsonNode item, String name) {
        return item.path(name).isString() ? item.path(name).asString() : null;
    }

    private static @Nullable String subType(JsonNode item) {
        String text = text(item, "resourceSubType");
        return text == null || text.isEmpty() ? null : text;
    }

    private static @Nullable Instant instant(JsonNode item, String name, String otherwise) {
        String text = text(item, name) == null ? text(item, otherwise) : text(item, name);
        return text == null ? null : Instants.parse(text);
    }
}
