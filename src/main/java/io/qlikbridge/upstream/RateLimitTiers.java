package io.qlikbridge.upstream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Which rate limits of tenants are used up, and until when, as their {@link Dialect} counts. A limit that each user has is paused for
 * the one user, until a second user is limited too: then it is the one for all users together.
 */
@Component
class RateLimitTiers {

    /** A user that is forgotten is told again. */
    private static final int MOST = 10_000;

    private final Clock clock;
    private final Cache<Limit, Instant> until =
            Caffeine.newBuilder().maximumSize(MOST).build();
    private final Cache<Limit, LimitedUser> limited =
            Caffeine.newBuilder().maximumSize(MOST).build();

    RateLimitTiers(Clock clock) {
        this.clock = clock;
    }

    /** The call was answered that its limit is used up for so long. */
    void pause(TenantCall call, Duration length) {
        Instant end = clock.instant().plus(length);
        Limit limit = Limit.of(call);
        extend(limit, end);
        if (limit.user() != null && showsKey(call)) {
            LimitedUser last = limited.asMap().merge(limit.ofAll(), new LimitedUser(limit, end), this::stillLimited);
            if (last != null && !last.limit().equals(limit)) {
                extend(limit.ofAll(), end);
            }
        }
    }

    /** How long the call would be refused; zero when it may be made. */
    Duration left(TenantCall call) {
        if (until.asMap().isEmpty()) {
            return Duration.ZERO;
        }
        Limit limit = Limit.of(call);
        Duration own = left(limit);
        if (limit.user() == null) {
            return own;
        }
        Duration all = left(limit.ofAll());
        return own.compareTo(all) > 0 ? own : all;
    }

    private Duration left(Limit limit) {
        Instant end = until.getIfPresent(limit);
        if (end == null) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(clock.instant(), end);
        if (left.isPositive()) {
            return left;
        }
        until.asMap().remove(limit, end);
        return Duration.ZERO;
    }

    private void extend(Limit limit, Instant end) {
        until.asMap().merge(limit, end, (one, other) -> one.isAfter(other) ? one : other);
    }

    /** The one known before, while that lasts, if it is somebody else. */
    private LimitedUser stillLimited(LimitedUser before, LimitedUser now) {
        boolean another = !before.limit().equals(now.limit());
        return another && before.end().isAfter(clock.instant()) ? before : now;
    }

    /** A session is of somebody who may have been limited by key as well: that would not make two users. */
    private static boolean showsKey(TenantCall call) {
        return call.headers().getFirst(HttpHeaders.AUTHORIZATION) != null;
    }

    private record LimitedUser(Limit limit, Instant end) {}

    /**
     * One of the limits that a tenant counts.
     *
     * @param user a hash of what shows the user; {@code null} where it is everybody
     */
    private record Limit(URI host, String name, @Nullable String user) {

        private static Limit of(TenantCall call) {
            Dialect.RateLimit limit = call.dialect().limit(call);
            return new Limit(call.connection().host(), limit.name(), limit.perUser() ? user(call.headers()) : null);
        }

        private Limit ofAll() {
            return new Limit(host, name, null);
        }

        private static String user(HttpHeaders headers) {
            String shown = headers.getFirst(HttpHeaders.AUTHORIZATION);
            String session = headers.getFirst(HttpHeaders.COOKIE);
            return hash(shown != null ? shown : session != null ? session : "");
        }

        private static String hash(String secret) {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(hash);
            } catch (NoSuchAlgorithmException missing) {
                throw new IllegalStateException(missing);
            }
        }
    }
}
