package io.qlikbridge.sitesimulator;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Decides whom a token is for that was shown to a virtual proxy. All it refuses is one 401, which does not say why. */
final class TokenJudge {

    private final Clock clock;
    private final SiteSettings settings;
    private final SiteCatalog catalog;

    TokenJudge(Clock clock, SiteSettings settings, SiteCatalog catalog) {
        this.clock = clock;
        this.settings = settings;
        this.catalog = catalog;
    }

    /** Makes the user who logs on for the first time. */
    SiteUser judge(String text, VirtualProxy proxy) {
        SiteToken token = SiteToken.parse(text);
        PublicKey key = key(proxy);
        if (token == null || key == null || !token.isSignedWith(key) || !isTimely(token.claims())) {
            throw refused();
        }
        requireAudience(token.claims(), proxy.audience());
        SiteUser user = user(token.claims(), proxy);
        if (catalog.isDisabled(user)) {
            throw refused();
        }
        catalog.add(user);
        return user;
    }

    private boolean isTimely(JsonNode claims) {
        Instant now = clock.instant();
        Instant end = instant(claims, "exp", Instant.MAX);
        Instant made = instant(claims, "iat", Instant.MIN);
        Instant start = instant(claims, "nbf", Instant.MIN);
        Instant latest = now.plus(settings.tolerance);
        return end.isAfter(now) && !made.isAfter(latest) && !start.isAfter(latest);
    }

    private static Instant instant(JsonNode claims, String name, Instant otherwise) {
        JsonNode claim = claims.path(name);
        if (claim.isMissingNode()) {
            return otherwise;
        }
        if (!claim.isIntegralNumber() || !claim.canConvertToLong()) {
            throw refused();
        }
        return Instant.ofEpochSecond(claim.asLong());
    }

    private static void requireAudience(JsonNode claims, @Nullable String audience) {
        JsonNode claim = claims.path("aud");
        boolean named = claim.isString() && claim.asString().equals(audience)
                || claim.isArray()
                        && claim.valueStream().anyMatch(one -> one.asString("").equals(audience));
        if (audience != null && !named) {
            throw refused();
        }
    }

    private static SiteUser user(JsonNode claims, VirtualProxy proxy) {
        String directory = proxy.userDirectoryClaim();
        boolean forAll = directory.startsWith("[") && directory.endsWith("]");
        try {
            return new SiteUser(
                    forAll ? directory.substring(1, directory.length() - 1) : text(claims, directory),
                    text(claims, proxy.userIdClaim()));
        } catch (IllegalArgumentException unusable) {
            throw refused();
        }
    }

    private static String text(JsonNode claims, String name) {
        return claims.path(name).isString() ? claims.path(name).asString().strip() : "";
    }

    private static @Nullable PublicKey key(VirtualProxy proxy) {
        String pem = proxy.certificate();
        if (pem == null || pem.isBlank()) {
            return null;
        }
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                    .getPublicKey();
        } catch (CertificateException unreadable) {
            return null;
        }
    }

    private static SiteRefusal refused() {
        return new SiteRefusal(SiteAnswer.empty(401));
    }
}
