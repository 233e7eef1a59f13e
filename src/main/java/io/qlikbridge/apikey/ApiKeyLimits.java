package io.qlikbridge.apikey;

import io.qlikbridge.cloudcall.TenantUser;
import io.qlikbridge.cloudsession.CloudSession;
import io.qlikbridge.cloudsettings.ApiKeyExpiry;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.tenant.TenantException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a tenant allows of API keys and how many of them the user holds, as far as the user may read it. Read only to
 * explain a refusal, so whatever cannot be read stays unknown.
 *
 * @param maximumKeys active keys a user may hold
 * @param activeKeys active keys the user holds
 * @param ourKeys how many of those this installation of the bridge made
 */
record ApiKeyLimits(
        Optional<ApiKeyExpiry> maximumExpiry, OptionalInt maximumKeys, OptionalInt activeKeys, int ourKeys) {

    private static final String WITHOUT_KEYS =
            " A tenant whose users may not make API keys is read with sessions (keeps: sessions), or with access tokens of an"
                    + " OAuth client (signIn: oauth-impersonation), which jobs can be handed as well.";

    /** @param ours how the descriptions of this installation's keys begin */
    static ApiKeyLimits read(
            TenantUser users, CloudApiKeys apiKeys, Connection connection, CloudSession session, String ours) {
        JsonNode configuration = orNothing(() -> apiKeys.configuration(connection, session));
        String user = Optional.ofNullable(orNothing(() -> users.me(connection, session.headers())))
                .map(me -> me.path("id").asString(""))
                .orElse("");
        JsonNode keys = user.isEmpty() ? null : orNothing(() -> apiKeys.active(connection, session.headers(), user));
        int active = 0;
        int mine = 0;
        if (keys != null) {
            for (JsonNode key : keys.path("data")) {
                if (!user.equals(key.path("sub").asString(""))) {
                    continue;
                }
                active++;
                mine += key.path("description").asString("").startsWith(ours) ? 1 : 0;
            }
        }
        return new ApiKeyLimits(
                Optional.ofNullable(configuration).flatMap(ApiKeyLimits::maximumExpiry),
                configuration != null && configuration.path("max_keys_per_user").isIntegralNumber()
                        ? OptionalInt.of(configuration.path("max_keys_per_user").asInt())
                        : OptionalInt.empty(),
                keys == null ? OptionalInt.empty() : OptionalInt.of(active),
                mine);
    }

    boolean isReached() {
        return maximumKeys.isPresent() && activeKeys.isPresent() && activeKeys.getAsInt() >= maximumKeys.getAsInt();
    }

    String reachedRemedy() {
        int others = activeKeys.orElse(0) - ourKeys;
        return "The user holds " + activeKeys.orElse(0) + " active API keys, the tenant's maximum: " + ourKeys
                + " made by this bridge, which uses them, and " + others
                + " made otherwise. Delete one of those in the user's profile at the tenant,"
                + " or raise the maximum in the tenant's administration.";
    }

    String refusedRemedy(ApiKeyExpiry asked) {
        String permission = "The user needs the permission \"Manage API keys\" in the tenant's administration"
                + " (User Default, or a custom role) and a new session after it was given.";
        String expiry = maximumExpiry.isPresent()
                ? " The tenant lets a key last " + maximumExpiry.get() + " at most; " + asked + " was asked for."
                : " The tenant's maximum expiry could not be read; if it is below " + asked
                        + ", lower apiKeyExpiry of the connection (a tenant's default maximum is PT24H).";
        String keys = maximumKeys.isEmpty() && activeKeys.isPresent()
                ? " The user holds " + activeKeys.getAsInt() + " active keys (a tenant's default maximum is 5)."
                : "";
        return permission + expiry + keys + WITHOUT_KEYS;
    }

    private static Optional<ApiKeyExpiry> maximumExpiry(JsonNode configuration) {
        try {
            return Optional.of(
                    new ApiKeyExpiry(configuration.path("max_api_key_expiry").asString("")));
        } catch (IllegalArgumentException notADuration) {
            return Optional.empty();
        }
    }

    private static @Nullable JsonNode orNothing(Supplier<JsonNode> call) {
        try {
            return call.get();
        } catch (TenantException notForThisUser) {
            return null;
        }
    }
}
