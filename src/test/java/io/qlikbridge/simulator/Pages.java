package io.qlikbridge.simulator;

import java.util.Map;
import java.util.function.UnaryOperator;

/** How the tenant cuts lists into pages: some services by opaque cursor, some by the id of a neighbour. */
final class Pages {

    private final Settings settings;
    private final Cursors cursors = new Cursors();

    Pages(Settings settings) {
        this.settings = settings;
    }

    /** Pages by {@code next} and {@code prev}. */
    Page byCursor(Incoming request, String userId, int limit) {
        return new Page(
                request,
                settings,
                limit,
                new Page.Step(
                        "next", id -> cursors.make(userId, "next", id), text -> cursors.read(userId, "next", text)),
                new Page.Step(
                        "prev", id -> cursors.make(userId, "prev", id), text -> cursors.read(userId, "prev", text)));
    }

    /** Pages by {@code startingAfter} and {@code endingBefore}. */
    Page byId(Incoming request, int limit) {
        return new Page(
                request,
                settings,
                limit,
                new Page.Step("startingAfter", UnaryOperator.identity(), UnaryOperator.identity()),
                new Page.Step("endingBefore", UnaryOperator.identity(), UnaryOperator.identity()));
    }

    /** A {@code links} object that only names the resource itself. */
    Map<String, Object> self(String path) {
        return Map.of("self", Map.of("href", settings.linkBase + path));
    }
}
