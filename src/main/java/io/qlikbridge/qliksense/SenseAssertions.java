package io.qlikbridge.qliksense;

import io.qlikbridge.sensesettings.JwtSettings;
import io.qlikbridge.sensesettings.SenseUser;
import io.qlikbridge.subject.LocalUser;
import io.qlikbridge.subject.Subject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What is asserted about a user to a virtual proxy (contract, section B.2). No two are alike. */
@Component
class SenseAssertions {

    /** A site whose clock is behind refuses what comes from its future. */
    static final Duration BACKDATED = Duration.ofSeconds(30);

    /** Of one that opens a session. */
    static final Duration LIFETIME = Duration.ofMinutes(2);

    /** From which claims virtual proxies take users whose admins followed one guide or another. */
    private static final List<String> USER_ID_CLAIMS =
            List.of("userId", "user", "userid", "UserId", "user_id", "username", "name", "sub");

    private static final List<String> DIRECTORY_CLAIMS =
            List.of("userDirectory", "directory", "userdirectory", "UserDirectory", "user_directory", "domain");

    private static final long A_SECOND_LESS = 999_999_999;

    private final Clock clock;

    SenseAssertions(Clock clock) {
        this.clock = clock;
    }

    /** @param lifetime from now on */
    Map<String, Object> about(Subject subject, JwtSettings settings, Duration lifetime) {
        Map<String, Object> claims = new LinkedHashMap<>();
        LocalUser user = subject.user();
        if (user.name() != null) {
            claims.put("name", user.name());
        }
        if (user.email() != null && user.emailVerified()) {
            claims.put("email", user.email());
        }
        if (!user.groups().isEmpty()) {
            claims.put("group", user.groups());
        }
        name(claims, SenseUser.of(subject), settings.userIdClaim(), settings.userDirectoryClaim());
        return timed(claims, settings, lifetime);
    }

    /** The same with the user under all claims that it may be looked for under: to find out whether the names are wrong. */
    Map<String, Object> underAnyName(Subject subject, JwtSettings settings) {
        SenseUser user = SenseUser.of(subject);
        Map<String, Object> claims = new LinkedHashMap<>();
        USER_ID_CLAIMS.forEach(name -> claims.put(name, user.id()));
        DIRECTORY_CLAIMS.forEach(name -> claims.put(name, user.directory()));
        name(claims, user, settings.userIdClaim(), settings.userDirectoryClaim());
        return timed(claims, settings, LIFETIME);
    }

    /** When a token that is made now ends: not before that long, in whole seconds. */
    private static Instant end(Instant earliest) {
        return earliest.plusNanos(A_SECOND_LESS).truncatedTo(ChronoUnit.SECONDS);
    }

    /** The end of what was made of these claims. */
    static Instant endOf(Map<String, Object> claims) {
        return Instant.ofEpochSecond((Long) claims.getOrDefault("exp", 0L));
    }

    private static void name(Map<String, Object> claims, SenseUser user, String idClaim, String directoryClaim) {
        claims.put(idClaim, user.id());
        claims.put(directoryClaim, user.directory());
    }

    /** Not before the others: what every token has for itself is never a user's. */
    private Map<String, Object> timed(Map<String, Object> claims, JwtSettings settings, Duration lifetime) {
        Instant now = clock.instant();
        if (settings.audience() != null) {
            claims.put("aud", settings.audience());
        }
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("iat", now.minus(BACKDATED).getEpochSecond());
        claims.put("nbf", now.minus(BACKDATED).getEpochSecond());
        claims.put("exp", end(now.plus(lifetime)).getEpochSecond());
        return claims;
    }
}
