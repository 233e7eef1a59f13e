package io.qlikbridge.simulator;

import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/groups/settings}: whether groups of assertions are taken. Who may read it is not published; here, admins. */
final class GroupSettingsResource {

    private final Callers callers;
    private final Settings settings;
    private final String tenantId;

    GroupSettingsResource(Callers callers, Settings settings, String tenantId) {
        this.callers = callers;
        this.settings = settings;
        this.tenantId = tenantId;
    }

    ResponseDefinition read(Incoming request) {
        callers.admin(request);
        return Answers.json(
                200,
                Map.of(
                        "tenantId",
                        tenantId,
                        "autoCreateGroups",
                        settings.autoCreateGroups,
                        "syncIdpGroups",
                        settings.autoCreateGroups,
                        "systemGroups",
                        Map.of("000000000000000000000001", Map.of("id", "000000000000000000000001", "enabled", true))));
    }

    /** {@code /syncIdpGroups} is the deprecated name of the same switch. */
    ResponseDefinition patch(Incoming request) {
        callers.admin(request);
        for (JsonNode change : request.body()) {
            String path = change.path("path").asString("");
            boolean known = path.equals("/autoCreateGroups") || path.equals("/syncIdpGroups");
            if (!known || !change.path("value").isBoolean()) {
                throw Refusal.invalid("Only autoCreateGroups can be replaced.");
            }
            settings.autoCreateGroups = change.path("value").asBoolean();
        }
        return Answers.empty(204).build();
    }
}
