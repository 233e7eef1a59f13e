package io.qlikbridge.simulator;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a caller wants of a new API key.
 *
 * @param userId whom it is for
 */
record KeyRequest(String description, Duration lifetime, String userId) {

    /** Reads the body, or refuses it with 400; a key for someone else is the admin's alone, 403. */
    static KeyRequest read(JsonNode body, User caller, Duration longest) {
        for (String member : body.propertyNames()) {
            if (!Set.of("description", "expiry", "sub", "subType").contains(member)) {
                throw Refusal.invalid(member + " is not known.");
            }
            if (!body.path(member).isString()) {
                throw Refusal.invalid(member + " must be a string.");
            }
        }
        String description = body.path("description").asString("");
        if (description.isBlank()) {
            throw Refusal.invalid("description is required.");
        }
        if (!body.path("subType").asString("user").equals("user")) {
            throw Refusal.invalid("Only keys for users can be made here.");
        }
        String userId = body.path("sub").asString(caller.id());
        if (!userId.equals(caller.id()) && !caller.admin()) {
            throw Refusal.forbidden("The key would be for another user.");
        }
        return new KeyRequest(description, lifetime(body.path("expiry"), longest), userId);
    }

    private static Duration lifetime(JsonNode expiry, Duration longest) {
        if (expiry.isMissingNode()) {
            return longest;
        }
        Duration lifetime = parsed(expiry.asString());
        if (!lifetime.isPositive() || lifetime.compareTo(longest) > 0) {
            throw Refusal.invalid("expiry must be at most " + longest + ".");
        }
        return lifetime;
    }

    private static Duration parsed(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException malformed) {
            throw Refusal.invalid("expiry must be an ISO 8601 duration.");
        }
    }
}
