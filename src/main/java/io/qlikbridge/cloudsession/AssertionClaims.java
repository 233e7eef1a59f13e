package io.qlikbridge.cloudsession;

import io.qlikbridge.cloudsettings.CloudSettings;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.subject.LocalUser;
import io.qlikbridge.subject.Subject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What an assertion says about a subject: exactly the claims a tenant reads (contract, section 2.2), fresh each time. */
@Component
public class AssertionClaims {

    /** For a tenant whose clock is behind ours; one of the reported reasons for refusals. */
    public static final Duration BACKDATED = Duration.ofSeconds(5);

    public static final Duration LIFETIME = Duration.ofSeconds(60);

    private static final String AUDIENCE = "qlik.api/login/jwt-session";
    private static final int JTI_BYTES = 16;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    AssertionClaims(Clock clock) {
        this.clock = clock;
    }

    public Map<String, Object> about(Subject subject, Connection connection) {
        LocalUser user = subject.user();
        Instant now = clock.instant();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", CloudSettings.of(connection).requireIssuer());
        claims.put("aud", AUDIENCE);
        claims.put("sub", subject.value());
        claims.put("subType", "user");
        claims.put("name", user.name() == null ? user.username().value() : user.name());
        claims.put("email", user.email() == null ? placeholder(user) : user.email());
        claims.put("email_verified", user.email() != null && user.emailVerified());
        claims.put("groups", user.groups());
        claims.put("jti", jti());
        claims.put("iat", now.getEpochSecond());
        claims.put("nbf", now.minus(BACKDATED).getEpochSecond());
        claims.put("exp", now.plus(LIFETIME).getEpochSecond());
        return claims;
    }

    private String jti() {
        byte[] bytes = new byte[JTI_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * The tenant requires an e-mail address, and the user has none. One below {@code .invalid} (RFC 2606) can be nobody's;
     * sent as unverified, the tenant does not keep it (contract, section 2.6).
     */
    private static String placeholder(LocalUser user) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(user.username().value().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 12) + "@no-email.invalid";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
