package io.qlikbridge.simulator;

import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Finds who acts on a method and a path; the first fitting route wins, and nothing fitting is a 404. */
final class Routes {

    private record Route(String method, String[] template, Function<Incoming, ResponseDefinition> handler) {

        Optional<Map<String, String>> match(String asked, String[] segments) {
            if (!method.equals(asked) || template.length != segments.length) {
                return Optional.empty();
            }
            Map<String, String> variables = new HashMap<>();
            for (int at = 0; at < template.length; at++) {
                if (template[at].startsWith("{")) {
                    variables.put(template[at].substring(1, template[at].length() - 1), segments[at]);
                } else if (!template[at].equals(segments[at])) {
                    return Optional.empty();
                }
            }
            return Optional.of(variables);
        }
    }

    private final List<Route> routes = new ArrayList<>();

    /** Adds a route; a path segment in braces stands for any text. */
    Routes on(String method, String path, Function<Incoming, ResponseDefinition> handler) {
        routes.add(new Route(method, path.split("/", -1), handler));
        return this;
    }

    ResponseDefinition answer(Request request) {
        String path = Incoming.pathOf(request.getUrl());
        try {
            return handle(request, path);
        } catch (Refusal refusal) {
            return Answers.refusal(refusal, path);
        }
    }

    private ResponseDefinition handle(Request request, String path) {
        String[] segments = path.split("/", -1);
        for (int at = 0; at < segments.length; at++) {
            segments[at] = Incoming.decoded(segments[at].replace("+", "%2B"));
        }
        for (Route route : routes) {
            Optional<Map<String, String>> variables =
                    route.match(request.getMethod().getName(), segments);
            if (variables.isPresent()) {
                return route.handler().apply(new Incoming(request, path, variables.get()));
            }
        }
        throw Refusal.notFound();
    }
}
