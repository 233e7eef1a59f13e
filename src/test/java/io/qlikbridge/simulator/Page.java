package io.qlikbridge.simulator;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The page of a sorted list that a request asks for, with absolute links to its neighbours. */
record Page(Incoming request, Settings settings, int limit, Step forward, Step backward) {

    /**
     * One direction.
     *
     * @param parameter the query parameter
     * @param write makes its value from an id
     * @param read takes the id from its value
     */
    record Step(String parameter, UnaryOperator<String> write, UnaryOperator<String> read) {}

    <T> Map<String, Object> of(List<T> sorted, Function<T, String> id, Function<T, ?> json) {
        List<String> ids = sorted.stream().map(id).toList();
        String after = request.query(forward.parameter());
        String before = request.query(backward.parameter());
        if (after != null && before != null) {
            throw Refusal.invalid(forward.parameter() + " and " + backward.parameter() + " exclude each other.");
        }
        int start = after == null ? 0 : position(ids, forward.read().apply(after)) + 1;
        int end = Math.min(ids.size(), start + limit);
        if (before != null) {
            end = position(ids, backward.read().apply(before));
            start = Math.max(0, end - limit);
        }
        Map<String, Object> links = new LinkedHashMap<>();
        links.put("self", link(request.query()));
        if (start < end && end < ids.size()) {
            links.put("next", link(turned(forward, ids.get(end - 1))));
        } else if (settings.nullNextLink) {
            links.put("next", Collections.singletonMap("href", null));
        }
        if (start < end && start > 0) {
            links.put("prev", link(turned(backward, ids.get(start))));
        }
        return Map.of("data", sorted.subList(start, end).stream().map(json).toList(), "links", links);
    }

    private static int position(List<String> ids, String id) {
        int position = ids.indexOf(id);
        if (position < 0) {
            throw Cursors.unknown();
        }
        return position;
    }

    private Map<String, String> turned(Step step, String id) {
        Map<String, String> query = new TreeMap<>(request.query());
        query.remove(forward.parameter());
        query.remove(backward.parameter());
        query.put(step.parameter(), step.write().apply(id));
        return query;
    }

    private Map<String, @Nullable String> link(Map<String, String> query) {
        String text = new TreeMap<>(query)
                .entrySet().stream()
                        .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                        .collect(Collectors.joining("&"));
        return Map.of("href", settings.linkBase + request.path() + (text.isEmpty() ? "" : "?" + text));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
