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
 * @param maxBody the largest body where {@code bridge.admin} is needed; 8 KB elsewhere
 * @param maxBodyAt another limit for one path or path pattern, such as {@code bridge.web.max-body-at.[/api/v1/users/import]}, which has 64
 *     MB unless set
 * @param headDeadline how long the address and headers of a request may take to come in, from their first byte on
 * @param bodyDeadline how long a body may take, from the end of the headers on; an import has ten minutes at least
 * @param answerDeadline how long an answer may wait to be read, and a second more for each 16 KB that were read
 * @param maxRequests how many requests of callers who signed in are served at once, while others wait; a quarter of the connections at
 *     most. As many as the heap has room for if not set
 * @param drain how long a replica that is told to stop goes on serving while proxies turn away from it; {@code PT0S} to {@code PT20S}
 * @param cors pages that may call from a browser
 */
@ConfigurationProperties("bridge.web")
public record WebProperties(
        @DefaultValue("256KB") DataSize maxBody,
        @DefaultValue Map<String, DataSize> maxBodyAt,
        @DefaultValue("PT10S") Duration headDeadline,
        @DefaultValue("PT20S") Duration bodyDeadline,
        @DefaultValue("PT20S") Duration answerDeadline,
        @Nullable Integer maxRequests,
        @DefaultValue("PT5S") Duration drain,
        @DefaultValue Cors cors) {

    /** A phase of a stop has 30 seconds. */
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(20);

    public WebProperties {
        if (maxRequests != null && maxRequests < 1) {
            throw new IllegalArgumentException("bridge.web.max-requests is at least 1");
        }
        requirePositive("head-deadline", headDeadline);
        requirePositive("body-deadline", bodyDeadline);
        requirePositive("answer-deadline", answerDeadline);
        if (drain.isNegative() || drain.compareTo(LONGEST_DRAIN) > 0) {
            throw new IllegalArgumentException("bridge.web.drain is PT0S to " + LONGEST_DRAIN);
        }
    }

    private static void requirePositive(String name, Duration deadline) {
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("bridge.web." + name + " is more than nothing, such as PT10S");
        }
    }

    /**
     * Which front ends in browsers may call the API and the pass-through from pages of their own (the Fetch standard's CORS).
     *
     * @param allowedOrigins origins of front ends in browsers that may call, such as {@code https://portal.example.org}: scheme, host, and
     *     a port where it is not the scheme's own. None if not set; {@code *} is refused
     */
    public record Cors(@DefaultValue List<String> allowedOrigins) {

        public Cors {
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
