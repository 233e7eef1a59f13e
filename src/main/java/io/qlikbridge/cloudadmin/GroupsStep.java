package io.qlikbridge.cloudadmin;

import io.qlikbridge.setup.SetupFinding;
import io.qlikbridge.upstream.Wanted;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Whether the tenant takes the groups of assertions (contract, section 2.7). It passes either way, since who has no groups needs none
 * taken: what is off is told as a remedy.
 */
@Component
class GroupsStep {

    private final AdminCalls calls;

    GroupsStep(AdminCalls calls) {
        this.calls = calls;
    }

    SetupFinding take(AdminVisit visit) {
        JsonNode settings = calls.getIfServed(
                visit.connection(),
                visit.signedIn(),
                "groups",
                "/api/v1/groups/settings",
                Wanted.values("autoCreateGroups", "syncIdpGroups"));
        // the latter is the former's deprecated name
        JsonNode created =
                settings.has("autoCreateGroups") ? settings.path("autoCreateGroups") : settings.path("syncIdpGroups");
        if (!created.isBoolean()) {
            return SetupFinding.passed("The tenant does not say whether it takes groups from assertions.", null);
        }
        return created.booleanValue()
                ? SetupFinding.passed("The tenant takes groups from assertions.", null)
                : SetupFinding.passed(
                        "The tenant ignores groups in assertions, without a word.",
                        "If access at the tenant goes by groups, switch on \"Creation of groups\" in its settings.");
    }
}
