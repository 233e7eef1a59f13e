package io.qlikbridge.qliksense;

import io.qlikbridge.paging.Page;
import io.qlikbridge.tenant.App;
import io.qlikbridge.tenant.AppQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Chooses a page out of all apps that come by, and holds no more than that page and one. */
final class AppPage {

    private static final String PERSONAL = "personal";

    private final AppQuery query;
    private final AppOrder order;
    private final @Nullable AppPlace after;

    /** The last in the order of the list comes first. */
    private final PriorityQueue<Placed> chosen;

    private AppPage(AppQuery query, AppOrder order, @Nullable AppPlace after) {
        this.query = query;
        this.order = order;
        this.after = after;
        this.chosen = new PriorityQueue<>(
                query.size() + 2,
                Comparator.comparing(Placed::place, order.comparator()).reversed());
    }

    /** @throws io.qlikbridge.problem.BridgeException {@code invalid-request} for a cursor of another list */
    static AppPage of(AppQuery query) {
        AppOrder order = AppOrder.of(query.sort());
        return new AppPage(query, order, query.after() == null ? null : AppPlace.read(query.after(), order));
    }

    private record Placed(AppPlace place, App app) {}

    void add(App app) {
        if (!isAsked(app)) {
            return;
        }
        AppPlace place = order.placeOf(app);
        if (after != null && order.comparator().compare(place, after) <= 0) {
            return;
        }
        chosen.add(new Placed(place, app));
        if (chosen.size() > query.size() + 1) {
            chosen.poll();
        }
    }

    Page<App> page() {
        List<Placed> sorted = new ArrayList<>(chosen);
        sorted.sort(Comparator.comparing(Placed::place, order.comparator()));
        boolean more = sorted.size() > query.size();
        List<Placed> items = more ? sorted.subList(0, query.size()) : sorted;
        return new Page<>(
                items.stream().map(Placed::app).toList(),
                more ? items.getLast().place().cursor(order) : null);
    }

    /** Apps of a site have no sub-type. */
    private boolean isAsked(App app) {
        return (query.subType() == null || query.subType().equals(AppQuery.ANY_SUB_TYPE))
                && (query.name() == null
                        || app.name()
                                .toLowerCase(Locale.ROOT)
                                .contains(query.name().toLowerCase(Locale.ROOT)))
                && isIn(query.space(), app.spaceId());
    }

    private static boolean isIn(@Nullable String asked, @Nullable String stream) {
        if (asked == null) {
            return true;
        }
        return asked.equals(PERSONAL) ? stream == null : asked.equalsIgnoreCase(stream);
    }
}
