package io.qlikbridge.directread;

import io.qlikbridge.http1.Characters;
import io.qlikbridge.http1.RequestHead;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A GET without a body, whose head is written plainly.
 *
 * @param path as it was sent, behind the context path
 * @param query as it was sent; {@code null} for none
 * @param origin where the caller reaches the bridge; {@code null} where others have to find that out
 */
public record AskedRead(
        RequestHead head,
        String path,
        @Nullable String query,
        @Nullable CallerOrigin origin) {

    private static final int MOST_PARAMETERS = 20;
    private static final String BEARER = "Bearer ";

    /**
     * By which address the caller reaches the bridge.
     *
     * @param path what goes before {@link #path}, such as {@code /bridge}; empty for nothing
     */
    public record CallerOrigin(String scheme, String host, int port, String path) {}

    /** Neither headers nor the query, which may hold a credential. */
    @Override
    public String toString() {
        return "AskedRead[" + path + "]";
    }

    /** All values of a header, in the order they came. */
    public List<String> headers(String name) {
        return head.headers().all(name);
    }

    /** The access token; {@code null} where it is not shown in the one plain way (RFC 6750, section 2.1). */
    public @Nullable String bearerToken() {
        List<String> shown = headers("Authorization");
        if (shown.size() != 1 || !shown.getFirst().startsWith(BEARER)) {
            return null;
        }
        String token = shown.getFirst().substring(BEARER.length());
        return isToken(token) ? token : null;
    }

    private static boolean isToken(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '=') {
            end--;
        }
        return end > 0 && Characters.areLettersDigitsOr("-._~+/", text.substring(0, end));
    }

    /**
     * The parameters of the query, each with its values.
     *
     * @return {@code null} for a query that not everybody reads alike, or with more of them than any read has
     */
    public @Nullable Map<String, String[]> parameters() {
        Map<String, String[]> parameters = new HashMap<>();
        if (query == null || query.isEmpty()) {
            return parameters;
        }
        String[] pairs = query.split("&", MOST_PARAMETERS + 1);
        if (pairs.length > MOST_PARAMETERS) {
            return null;
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String name = equals < 1 ? null : decoded(pair.substring(0, equals));
            String value = equals < 1 ? null : decoded(pair.substring(equals + 1));
            if (name == null || value == null || parameters.putIfAbsent(name, new String[] {value}) != null) {
                return null;
            }
        }
        return parameters;
    }

    private static @Nullable String decoded(String written) {
        if (written.indexOf('%') < 0 && written.indexOf('+') < 0) {
            return written;
        }
        try {
            String text = URLDecoder.decode(written, StandardCharsets.UTF_8);
            return text.indexOf('\uFFFD') >= 0 ? null : text;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
