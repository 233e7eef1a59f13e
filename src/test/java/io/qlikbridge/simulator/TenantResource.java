package io.qlikbridge.simulator;

import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the tenant says of itself, and its CSRF tokens. */
final class TenantResource {

    private final Callers callers;
    private final Settings settings;
    private final Clock clock;
    private final String tenantId;
    private final String url;

    TenantResource(Callers callers, Settings settings, Clock clock, String tenantId, String url) {
        this.callers = callers;
        this.settings = settings;
        this.clock = clock;
        this.tenantId = tenantId;
        this.url = url;
    }

    ResponseDefinition me(Incoming request) {
        callers.of(request);
        return Answers.redirect(302, settings.redirectBase + "/api/v1/tenants/" + tenantId);
    }

    ResponseDefinition one(Incoming request) {
        callers.of(request);
        if (!request.pathVariable("id").equals(tenantId)) {
            throw new Refusal(404, "TENANTS-8", "Not found", "There is no such tenant.");
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", tenantId);
        json.put("name", "Simulated tenant");
        json.put("hostnames", List.of(URI.create(url).getAuthority()));
        json.put("region", "eu-west-1");
        json.put("datacenter", "eu-west-1");
        json.put("status", "active");
        json.put("created", clock.instant());
        json.put("lastUpdated", clock.instant());
        return Answers.json(200, json);
    }

    ResponseDefinition csrfToken(Incoming request) {
        Session session = callers.of(request).session();
        if (session == null) {
            throw new Refusal(400, "CSRF-TOKEN-4", "Bad request", "Only sessions have CSRF tokens.");
        }
        return Answers.empty(204)
                .withHeader("qlik-csrf-token", session.csrfToken())
                .build();
    }

    ResponseDefinition productInfo(Incoming request) {
        if (!settings.productInfo) {
            throw Refusal.notFound();
        }
        return Answers.json(200, Map.of("composition", Map.of("productName", "Qlik Cloud")));
    }
}
