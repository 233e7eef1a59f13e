package io.qlikbridge.cloudcall;

import io.qlikbridge.upstream.Excerpt;
import io.qlikbridge.upstream.TenantAnswer;
import io.qlikbridge.upstream.TenantCall;
import io.qlikbridge.upstream.Wanted;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What can be shown of a tenant's error answer: its first error, whichever of the known shapes it has (contract, sections
 * 4, 10 and 15), or nothing for HTML, an empty body, or anything else. Each text is cut short and freed of what looks like a
 * token, because it comes from outside.
 */
public record CloudError(
        @Nullable String code,
        @Nullable String title,
        @Nullable String detail,
        @Nullable String traceId) {

    /** A session's call lacks a good CSRF token (contract, section 4). */
    public static final String CSRF_REFUSED = "CSRF-TOKEN-2";

    /** RFC 6749, section 5.2, and RFC 7009, section 2.2.1. */
    private static final Set<String> OAUTH = Set.of(
            "invalid_request",
            "invalid_client",
            "invalid_grant",
            "invalid_scope",
            "unauthorized_client",
            "unsupported_grant_type",
            "access_denied",
            "unsupported_token_type");

    private static final CloudError NONE = new CloudError(null, null, null, null);
    private static final Wanted ERROR =
            Wanted.values("code", "title", "detail", "traceId", "error", "error_description");
    private static final Wanted ERRORS = ERROR.withList("errors", 1, ERROR);
    private static final int MOST_CHARACTERS = 240;
    private static final int MOST_BYTES = 64 * 1024;
    private static final Pattern TOKEN_LIKE = Pattern.compile("[A-Za-z0-9_+/=-]{40,}|eyJ[A-Za-z0-9_.-]*");

    public static CloudError in(TenantAnswer answer) {
        if (answer.body().length == 0 || answer.body().length > MOST_BYTES) {
            return NONE;
        }
        try {
            // some proxies' words are in another charset, which is no reason to show nothing
            byte[] readable = new String(answer.body(), StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            JsonNode body =
                    Excerpt.of(new ByteArrayInputStream(readable), ERRORS, null).object();
            if (body == null) {
                return NONE;
            }
            JsonNode first = body.path("errors").path(0);
            JsonNode error = first.isObject() ? first : body;
            String code = text(error.has("code") ? error : body, "code");
            String detail = text(error, "detail");
            return new CloudError(
                    // an authorization server has words of its own for both (RFC 6749, section 5.2)
                    code == null ? text(body, "error") : code,
                    text(error, "title"),
                    detail == null ? text(body, "error_description") : detail,
                    text(body.has("traceId") ? body : error, "traceId"));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * What can be shown of the answer to this call: nothing of one that says a credential back, and of one to a client's secret nothing but a
     * code that OAuth has itself.
     */
    static CloudError shownOf(TenantCall call, TenantAnswer answer) {
        CloudError error = in(answer);
        if (CloudCall.showsClientSecret(call)) {
            return new CloudError(
                    error.code != null && OAUTH.contains(error.code) ? error.code : null, null, null, null);
        }
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        return CloudCall.credentials(call).anyMatch(body::contains) ? NONE : error;
    }

    /** The tenant's own words, or {@code null}. */
    @Nullable
    public String words() {
        String said = detail != null ? detail : title;
        if (said == null) {
            return code;
        }
        String trimmed = said.endsWith(".") ? said.substring(0, said.length() - 1) : said;
        return code == null ? trimmed : trimmed + " (" + code + ")";
    }

    private static @Nullable String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isValueNode() || value.isNull()) {
            return null;
        }
        return harmless(value.asString());
    }

    /** A text from outside, cut short, and without control characters, markup and what looks like a token. */
    public static @Nullable String harmless(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String printable = text.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ")
                .replaceAll("<[^>]*>?", " ")
                .strip();
        String harmless = TOKEN_LIKE.matcher(printable).replaceAll("…");
        if (harmless.isEmpty()) {
            return null;
        }
        return harmless.length() > MOST_CHARACTERS ? harmless.substring(0, MOST_CHARACTERS) + "…" : harmless;
    }
}
