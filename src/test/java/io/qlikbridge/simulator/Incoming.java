package io.qlikbridge.simulator;

import com.github.tomakehurst.wiremock.http.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One request as a handler reads it; what cannot be read is refused with 400. */
final class Incoming {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Request request;
    private final String path;
    private final Map<String, String> pathVariables;
    private final Map<String, String> query;

    Incoming(Request request, String path, Map<String, String> pathVariables) {
        this.request = request;
        this.path = path;
        this.pathVariables = pathVariables;
        this.query = queryOf(request.getUrl());
    }

    static String pathOf(String url) {
        int mark = url.indexOf('?');
        return mark < 0 ? url : url.substring(0, mark);
    }

    /** A bare {@code +} is a space, as in a form. */
    static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw Refusal.invalid("The URL is not encoded correctly.");
        }
    }

    static Map<String, String> queryOf(String url) {
        Map<String, String> query = new LinkedHashMap<>();
        String raw = url.substring(Math.min(url.length(), pathOf(url).length() + 1));
        for (String pair : raw.isEmpty() ? new String[0] : raw.split("&")) {
            String[] parts = pair.split("=", 2);
            if (query.putIfAbsent(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "") != null) {
                throw Refusal.invalid("The query parameter " + parts[0] + " occurs twice.");
            }
        }
        return query;
    }

    boolean isWrite() {
        return !Set.of("GET", "HEAD").contains(request.getMethod().getName());
    }

    String path() {
        return path;
    }

    String pathVariable(String name) {
        return pathVariables.get(name);
    }

    Map<String, String> query() {
        return query;
    }

    @Nullable
    String query(String name) {
        return query.get(name);
    }

    /** Refuses every query parameter but these. */
    void allow(String... names) {
        for (String name : query.keySet()) {
            if (!List.of(names).contains(name)) {
                throw Refusal.invalid("There is no query parameter " + name + ".");
            }
        }
    }

    int limit(int least, int otherwise) {
        String limit = query.get("limit");
        if (limit == null) {
            return otherwise;
        }
        if (!limit.matches("\\d{1,3}") || Integer.parseInt(limit) < least || Integer.parseInt(limit) > 100) {
            throw new Refusal(
                    400,
                    "HTTP-400",
                    "Bad request",
                    "limit must be a number from " + least + " to 100.",
                    Map.of("fault", false, "timeout", false, "temporary", false, "explain", "limit"));
        }
        return Integer.parseInt(limit);
    }

    @Nullable
    String header(String name) {
        return request.getHeader(name);
    }

    Map<String, String> cookies() {
        Map<String, String> cookies = new LinkedHashMap<>();
        String header = request.getHeader("Cookie");
        for (String pair : header == null ? new String[0] : header.split(";")) {
            String[] parts = pair.strip().split("=", 2);
            cookies.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
        return cookies;
    }

    JsonNode body() {
        try {
            return JSON.readTree(request.getBody());
        } catch (JacksonException malformed) {
            throw Refusal.invalid("The body is not JSON.");
        }
    }

    JsonNode object() {
        JsonNode body = body();
        if (!body.isObject()) {
            throw Refusal.invalid("The body is not a JSON object.");
        }
        return body;
    }

    /** The members of a JSON object, or the fields of a form; a form has texts only. */
    JsonNode parameters() {
        String type = request.getHeader("Content-Type");
        if (type == null || !type.startsWith("application/x-www-form-urlencoded")) {
            return object();
        }
        ObjectNode form = JSON.createObjectNode();
        queryOf("?" + request.getBodyAsString()).forEach(form::put);
        return form;
    }

    /** The text that a JSON patch puts in place of this member: the only change Qlik allows on most resources. */
    String replacementOf(String pointer) {
        JsonNode patch = body();
        if (!patch.isArray()
                || patch.size() != 1
                || !patch.path(0).path("op").asString("").equals("replace")
                || !patch.path(0).path("path").asString("").equals(pointer)
                || !patch.path(0).path("value").isString()) {
            throw Refusal.invalid("Only replace " + pointer + " is possible.");
        }
        return patch.path(0).path("value").asString();
    }
}
