package io.qlikbridge.access;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of a trusted issuer, found by OpenID Connect discovery when the first token of that issuer comes. An
 * issuer that is down is asked again after a short pause, so neither the start nor other callers wait for it.
 */
class IssuerKeys implements JWKSource<SecurityContext> {

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final Duration KEPT_IN_OUTAGE = Duration.ofHours(1);
    private static final int CONNECT_MILLIS = 2000;
    private static final int READ_MILLIS = 3000;
    private static final int MOST_BYTES = 500_000;

    private final String issuer;
    private final Clock clock;
    private final DefaultResourceRetriever retriever =
            new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, MOST_BYTES);
    private final ReentrantLock discovering = new ReentrantLock();
    private volatile @Nullable JWKSource<SecurityContext> found;
    private volatile boolean read;
    private Instant notBefore = Instant.MIN;

    IssuerKeys(String issuer, Clock clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        try {
            List<JWK> keys = source().get(selector, context);
            read = true;
            return keys;
        } catch (RateLimitReachedException askedJustNow) {
            if (read) {
                // the issuer was asked a moment ago and did not know the key: a made-up one must not make us ask again
                return List.of();
            }
            throw askedJustNow;
        }
    }

    private JWKSource<SecurityContext> source() throws KeySourceException {
        JWKSource<SecurityContext> known = found;
        if (known != null) {
            return known;
        }
        discovering.lock();
        try {
            known = found;
            if (known == null) {
                known = discover();
                found = known;
            }
            return known;
        } finally {
            discovering.unlock();
        }
    }

    private JWKSource<SecurityContext> discover() throws KeySourceException {
        if (clock.instant().isBefore(notBefore)) {
            throw new RemoteKeySourceException("The issuer did not answer a moment ago", null);
        }
        try {
            URI keys = keysOf(readConfiguration());
            return JWKSourceBuilder.<SecurityContext>create(keys.toURL(), retriever)
                    .cache(KEPT.toMillis(), READ_MILLIS + (long) CONNECT_MILLIS)
                    .refreshAheadCache(false)
                    .rateLimited(PAUSE.toMillis())
                    .outageTolerant(KEPT_IN_OUTAGE.toMillis())
                    .build();
        } catch (IOException | ParseException | IllegalArgumentException failed) {
            notBefore = clock.instant().plus(PAUSE);
            throw new RemoteKeySourceException("The issuer cannot be discovered", failed);
        }
    }

    private Map<String, Object> readConfiguration() throws IOException, ParseException {
        URI address = URI.create(TokenRules.withoutSlash(issuer) + "/.well-known/openid-configuration");
        Map<String, Object> configuration = JSONObjectUtils.parse(
                retriever.retrieveResource(address.toURL()).getContent());
        // OpenID Connect Discovery 1.0, section 4.3
        if (!TokenRules.sameIssuer(issuer, JSONObjectUtils.getString(configuration, "issuer"))) {
            throw new IllegalArgumentException("The issuer calls itself by another name");
        }
        return configuration;
    }

    private URI keysOf(Map<String, Object> configuration) throws ParseException {
        String address = JSONObjectUtils.getString(configuration, "jwks_uri");
        if (address == null || issuer.startsWith("https:") && !address.startsWith("https:")) {
            throw new IllegalArgumentException("The issuer's keys are not at an https address");
        }
        return URI.create(address);
    }
}
