package io.qlikbridge.simulator;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The running sessions and the cookies that stand for them. */
final class Sessions {

    /** RFC 9110 section 5.6.7; the comma in it is what joined headers break at. */
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Map<String, Session> byId = new ConcurrentHashMap<>();
    private final Settings settings;
    private final Clock clock;

    Sessions(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    Session start(User user) {
        boolean mayMakeApiKeys = !settings.subjectsWithoutApiKeys.contains(user.subject());
        Session session = new Session(user.id(), mayMakeApiKeys, settings.csrfCookie, clock.instant());
        byId.put(session.id(), session);
        return session;
    }

    /** The session of {@code eas.sid}, which counts only together with its signature. */
    Optional<Session> find(Map<String, String> cookies) {
        return Optional.ofNullable(byId.get(cookies.getOrDefault("eas.sid", "")))
                .filter(session -> session.signature().equals(cookies.get("eas.sid.sig")))
                .filter(session -> session.use(clock.instant()));
    }

    /** Ends all sessions of a user at once. */
    void end(String userId) {
        byId.values().removeIf(session -> session.userId().equals(userId));
    }

    /**
     * One {@code Set-Cookie} value per cookie. The flags are not published: over plain http neither {@code Secure} nor
     * {@code SameSite=None} is possible.
     */
    String[] cookies(Session session) {
        Instant end = clock.instant().plus(Session.LIFESPAN);
        String common = "; Path=/; Expires=" + HTTP_DATE.format(end);
        List<String> cookies = new ArrayList<>();
        cookies.add("AWSALB=" + RandomText.secret() + common);
        cookies.add("AWSALBCORS=" + RandomText.secret() + common);
        cookies.add("eas.sid=" + session.id() + common + "; HttpOnly");
        cookies.add("eas.sid.sig=" + session.signature() + common + "; HttpOnly");
        if (session.hasCsrfCookie()) {
            cookies.add("_csrfToken=" + session.csrfToken() + common);
            cookies.add("_csrfToken.sig=" + session.csrfSignature() + common);
        }
        return cookies.toArray(String[]::new);
    }
}
