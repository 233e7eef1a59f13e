package io.qlikbridge.simulator;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The web integrations of the tenant. What a server gets that names an unknown one or sends an unlisted {@code Origin} is
 * not published; here that is 401 and 403.
 */
final class WebIntegrations {

    static final String ID = "qlik-web-integration-id";

    private final Map<String, WebIntegration> byId = new ConcurrentHashMap<>();
    private final Clock clock;

    WebIntegrations(Clock clock) {
        this.clock = clock;
    }

    WebIntegration add(String id, String name, Set<String> validOrigins) {
        WebIntegration integration = new WebIntegration(id, name, Set.copyOf(validOrigins), clock.instant());
        byId.put(id, integration);
        return integration;
    }

    Optional<WebIntegration> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    List<WebIntegration> all() {
        return List.copyOf(byId.values());
    }

    void change(WebIntegration changed) {
        byId.replace(changed.id(), changed);
    }

    void remove(String id) {
        byId.remove(id);
    }

    /**
     * Refuses a request whose integration is unknown, differs between query and header, or does not list its
     * {@code Origin}. A request with neither integration nor origin is a server's, and fine.
     */
    void check(Incoming request) {
        String inQuery = request.query(ID);
        String inHeader = request.header(ID);
        if (inQuery != null && inHeader != null && !inQuery.equals(inHeader)) {
            throw new Refusal(400, "LOGIN-11", "Bad request", "Query and header name different web integrations.");
        }
        String id = inQuery != null ? inQuery : inHeader;
        Set<String> origins = id == null ? Set.of() : originsOf(id);
        String origin = request.header("Origin");
        if (origin != null && !origins.contains(origin)) {
            throw new Refusal(403, "LOGIN-14", "Forbidden", "The web integration does not list this origin.");
        }
    }

    private Set<String> originsOf(String id) {
        return find(id).map(WebIntegration::validOrigins)
                .orElseThrow(() -> new Refusal(401, "LOGIN-13", "Unauthorized", "Unknown web integration."));
    }
}
