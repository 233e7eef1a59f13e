package io.qlikbridge.web;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What the bridge accepts over HTTP.
 *
 * @param maxBody the largest request body; uploads as multipart/form-data have limits of their own
 * @param maxBodyAt other limits for single paths, such as {@code [/api/v1/users/import]}; the path may be a pattern
 * @param maxRequests how many requests are served at once; others wait before anything is allocated for them. As many as the
 *     heap holds, at a megabyte each, if not set
 * @param drain how long a replica that is told to stop goes on serving what comes, with connections closed after their next
 *     answer and readiness down, for proxies to notice: from nothing to 20 seconds
 * @param cors pages that may call from a browser
 */
@ConfigurationProperties("bridge.web")
record WebProperties(
        @DefaultValue("1MB") DataSize maxBody,
        @DefaultValue Map<String, DataSize> maxBodyAt,
        @Nullable Integer maxRequests,
        @DefaultValue("PT5S") Duration drain,
        @DefaultValue Cors cors) {

    private static final long HEAP_OF_A_REQUEST = 1024 * 1024;
    private static final int LEAST_REQUESTS = 64;

    /** A phase of a stop has 30 seconds. */
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(20);

    WebProperties {
        if (maxRequests != null && maxRequests < 1) {
            throw new IllegalArgumentException("bridge.web.max-requests is at least 1");
        }
        if (drain.isNegative() || drain.compareTo(LONGEST_DRAIN) > 0) {
            throw new IllegalArgumentException("bridge.web.drain is PT0S to " + LONGEST_DRAIN);
        }
    }

    int effectiveMaxRequests() {
        return maxRequests == null
                ? Math.clamp(Runtime.getRuntime().maxMemory() / HEAP_OF_A_REQUEST, LEAST_REQUESTS, Integer.MAX_VALUE)
                : maxRequests;
    }

    /**
     * Which front ends in browsers may call the API and the pass-through from pages of their own (the Fetch standard's CORS).
     *
     * @param allowedOrigins their origins, such as {@code https://portal.example.org}: scheme, host, and a port where it is not the
     *     scheme's own. Nobody's without it; {@code *} is refused
     */
    record Cors(@DefaultValue List<String> allowedOrigins) {

        Cors {
            allowedOrigins = List.copyOf(allowedOrigins);
            allowedOrigins.forEach(Cors::requireOrigin);
        }

        /** As a browser sends it, since it is compared letter by letter. */
        private static void requireOrigin(String origin) {
            try {
                URI uri = URI.create(origin);
                String written =
                        uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
                boolean ownPort = "https".equals(uri.getScheme()) && uri.getPort() == 443
                        || "http".equals(uri.getScheme()) && uri.getPort() == 80;
                if (List.of("https", "http").contains(String.valueOf(uri.getScheme()))
                        && uri.getHost() != null
                        && written.equals(origin)
                        && written.equals(written.toLowerCase(Locale.ROOT))
                        && !ownPort) {
                    return;
                }
            } catch (IllegalArgumentException malformed) {
                // said below
            }
            throw new IllegalArgumentException("bridge.web.cors.allowed-origins: \"" + origin
                    + "\" is no origin. Write it as browsers do, such as https://portal.example.org or http://localhost:5173:"
                    + " in lower case, without a path, and without the scheme's own port.");
        }
    }
}
