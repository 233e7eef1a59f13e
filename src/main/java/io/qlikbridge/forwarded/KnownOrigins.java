package io.qlikbridge.forwarded;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.catalina.connector.Request;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * By which addresses callers have come behind proxies, as the valves found them: so that who serves a request without them knows what
 * they would find, from the same headers and the same proxy, and asks them for everything else.
 */
@Component
public class KnownOrigins {

    private static final int MOST = 1_000;
    private static final int LONGEST = 2_000;
    private static final char SEPARATOR = '\0';

    /** Says that there was one, and not which: nothing of an address hangs on it. */
    private static final String CALLERS = "X-Forwarded-For";

    private final Cache<String, Origin> known =
            Caffeine.newBuilder().maximumSize(MOST).build();
    private volatile List<String> names =
            List.of("Forwarded", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Prefix");
    private volatile boolean learning;

    /**
     * An address by which a caller came.
     *
     * @param port also where it is the scheme's own
     * @param prefix what proxies took off the path; empty for nothing
     */
    public record Origin(String scheme, String host, int port, String prefix) {}

    /** The headers that say of an address: who sees none of them goes by {@code Host} alone. */
    public List<String> names() {
        return names;
    }

    /** @param read the headers that the valves read, beside {@code Forwarded} and the prefix */
    void learnFrom(List<String> read) {
        names = Stream.concat(Stream.of("Forwarded", "X-Forwarded-Prefix"), read.stream())
                .distinct()
                .filter(name -> !name.equalsIgnoreCase(CALLERS))
                .toList();
        learning = true;
    }

    /**
     * The address of a request; {@code null} where the valves were not asked yet.
     *
     * @param peer the address of who opened the connection
     * @param secure whether that came by TLS
     * @param headers has the values of each header
     */
    public @Nullable Origin of(@Nullable String peer, boolean secure, Function<String, List<String>> headers) {
        return learning ? known.getIfPresent(key(peer, secure, headers)) : null;
    }

    /** Whether a request says anything of an address, but by {@code Host}. */
    boolean isToldBy(Function<String, List<String>> headers) {
        return names.stream().anyMatch(name -> !headers.apply(name).isEmpty());
    }

    /** What an address hangs on. */
    String key(@Nullable String peer, boolean secure, Function<String, List<String>> headers) {
        StringBuilder key = new StringBuilder(String.valueOf(peer))
                .append(secure)
                .append(SEPARATOR)
                .append(headers.apply(CALLERS).isEmpty());
        add(key, headers.apply("Host"));
        for (String name : names) {
            add(key, headers.apply(name));
        }
        return key.toString();
    }

    private static void add(StringBuilder key, List<String> values) {
        key.append(SEPARATOR);
        for (String value : values) {
            key.append(value.length()).append(':').append(value);
        }
    }

    /** Keeps what the valves found, unless it is longer than addresses are. */
    void learn(String key, Request request, String prefix) {
        if (key.length() <= LONGEST && known.getIfPresent(key) == null) {
            known.put(key, new Origin(request.getScheme(), request.getServerName(), request.getServerPort(), prefix));
        }
    }
}
