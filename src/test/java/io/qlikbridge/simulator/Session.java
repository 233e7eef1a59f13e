package io.qlikbridge.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * A logged-in browser, or a server that behaves like one. Permissions are those of the time of login. It ends 30 minutes
 * after its last use and 24 hours after login, Qlik's defaults.
 */
final class Session {

    private static final Duration INACTIVITY = Duration.ofMinutes(30);
    static final Duration LIFESPAN = Duration.ofHours(24);

    private final String userId;
    private final boolean mayMakeApiKeys;
    private final boolean csrfCookie;
    private final Instant startedAt;
    private final String id = RandomText.secret();
    private final String signature = RandomText.secret();
    private final String csrfToken = RandomText.secret();
    private final String csrfSignature = RandomText.secret();
    private volatile Instant usedAt;

    Session(String userId, boolean mayMakeApiKeys, boolean csrfCookie, Instant startedAt) {
        this.userId = userId;
        this.mayMakeApiKeys = mayMakeApiKeys;
        this.csrfCookie = csrfCookie;
        this.startedAt = startedAt;
        this.usedAt = startedAt;
    }

    String userId() {
        return userId;
    }

    boolean mayMakeApiKeys() {
        return mayMakeApiKeys;
    }

    boolean hasCsrfCookie() {
        return csrfCookie;
    }

    String id() {
        return id;
    }

    String signature() {
        return signature;
    }

    String csrfToken() {
        return csrfToken;
    }

    String csrfSignature() {
        return csrfSignature;
    }

    /** Notes the use, unless the session is over. */
    boolean use(Instant now) {
        boolean over = now.isAfter(usedAt.plus(INACTIVITY)) || now.isAfter(startedAt.plus(LIFESPAN));
        if (!over) {
            usedAt = now;
        }
        return !over;
    }

    /** A CSRF token that came as a cookie must come back as one, beside the header. */
    boolean keptCsrfCookies(Map<String, String> cookies) {
        return !csrfCookie
                || csrfToken.equals(cookies.get("_csrfToken")) && csrfSignature.equals(cookies.get("_csrfToken.sig"));
    }
}
