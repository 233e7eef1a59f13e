package io.qlikbridge.cloudadmin;

import io.qlikbridge.cloudsettings.ApiKeyExpiry;
import io.qlikbridge.cloudsettings.ApiKeyMaximums;
import io.qlikbridge.cloudsettings.CloudSettings;
import io.qlikbridge.probe.ProbeOutcome;
import io.qlikbridge.problem.InvalidValue;
import io.qlikbridge.setup.SetupFinding;
import io.qlikbridge.upstream.Wanted;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** What the tenant allows of API keys (contract, section 5.3), and whether that suits the connection. */
@Component
class ApiKeysStep {

    private final AdminCalls calls;
    private final ApiKeyMaximums maximums;

    ApiKeysStep(AdminCalls calls, ApiKeyMaximums maximums) {
        this.calls = calls;
        this.maximums = maximums;
    }

    SetupFinding take(AdminVisit visit) {
        // the id has no characters that an address would have to escape
        JsonNode limits = calls.getIfServed(
                visit.connection(),
                visit.signedIn(),
                "api-keys",
                "/api/v1/api-keys/configs/" + visit.tenantId(),
                Wanted.values("max_api_key_expiry", "max_keys_per_user"));
        JsonNode most = limits.path("max_keys_per_user");
        int needed = visit.order().credentialsOfASubject();
        Optional<ApiKeyExpiry> longest =
                expiry(limits.path("max_api_key_expiry").asString(""));
        ApiKeyExpiry wanted = CloudSettings.of(visit.connection()).apiKeyExpiry();
        String found = "An API key lasts "
                + longest.map(ApiKeyExpiry::iso).orElse("an unknown time")
                + " at most (max_api_key_expiry), and a user has "
                + (most.isIntegralNumber() ? most.asString() : "an unknown number of") + " active ones at most"
                + " (max_keys_per_user). ";
        if (most.isIntegralNumber() && most.asLong() < needed) {
            throw ProbeOutcome.failed(
                    found + "The bridge needs " + needed + " of a user, to renew one before it ends.",
                    "Raise the maximum of active API keys per user in the tenant's administration, under Settings, API keys.");
        }
        if (longest.isEmpty() || wanted.duration().compareTo(longest.get().duration()) <= 0) {
            return SetupFinding.passed(found + "The connection asks for " + wanted + ".", null);
        }
        if (!visit.order().dryRun()) {
            maximums.found(visit.connection(), longest.get());
        }
        return SetupFinding.passed(
                found + "The connection asks for " + wanted + ", which is cut to that.",
                "For keys that last longer, raise the maximum token expiration in the tenant's administration and PUT the connection again;"
                        + " else lower its apiKeyExpiry.");
    }

    private static Optional<ApiKeyExpiry> expiry(String text) {
        try {
            return Optional.of(new ApiKeyExpiry(text));
        } catch (InvalidValue noDuration) {
            return Optional.empty();
        }
    }
}
