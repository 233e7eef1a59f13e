package io.qlikbridge.issuer;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of a trusted issuer, at the configured address, or found by OpenID Connect discovery when the first token of
 * that issuer comes. An issuer that is down is asked again after a short pause, so neither the start nor other callers wait for it.
 * Where the keys are is discovered anew every day, and at most once a minute while keys cannot be had or do not fit: they may have
 * moved.
 */
class IssuerKeys implements JWKSource<SecurityContext> {

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final Duration KEPT_IN_OUTAGE = Duration.ofHours(1);
    private static final Duration LONGEST_READ = Duration.ofSeconds(6);
    private static final Duration DISCOVERED_FOR = Duration.ofDays(1);
    private static final Duration BETWEEN_DISCOVERIES = Duration.ofMinutes(1);

    private final IssuerAddress address;
    private final KeySetReader reader;
    private final Clock clock;
    private final ReentrantLock discovering = new ReentrantLock();
    private volatile @Nullable Found found;
    private Instant notBefore = Instant.MIN;

    IssuerKeys(IssuerAddress address, KeySetReader reader, Clock clock) {
        this.address = address;
        this.reader = reader;
        this.clock = clock;
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        Found now = found();
        KeySourceException failure = null;
        try {
            List<JWK> keys = now.get(selector, context);
            if (!keys.isEmpty()) {
                return keys;
            }
        } catch (KeySourceException failed) {
            failure = failed;
        }
        Found moved = discoverAgain(now);
        if (moved != null) {
            return moved.get(selector, context);
        }
        if (failure != null) {
            throw failure;
        }
        return List.of();
    }

    private Found found() throws KeySourceException {
        Found known = found;
        if (known != null && clock.instant().isBefore(known.until())) {
            return known;
        }
        discovering.lock();
        try {
            known = found;
            if (known == null) {
                return discover();
            }
            return clock.instant().isBefore(known.until()) ? known : discoverOrKeep(known);
        } finally {
            discovering.unlock();
        }
    }

    private @Nullable Found discoverAgain(Found before) {
        if (address.isConfigured() || !discovering.tryLock()) {
            return null;
        }
        try {
            if (found != before || clock.instant().isBefore(before.at().plus(BETWEEN_DISCOVERIES))) {
                return found == before ? null : found;
            }
            Found now = discoverOrKeep(before);
            return now.keys().equals(before.keys()) ? null : now;
        } finally {
            discovering.unlock();
        }
    }

    /** Where the keys are now; as before, and looked for again after a while, when that cannot be told. */
    private Found discoverOrKeep(Found before) {
        try {
            return keep(address.find(), before);
        } catch (UnreadableKeys failed) {
            return keep(before.keys(), before);
        }
    }

    private Found discover() throws KeySourceException {
        if (clock.instant().isBefore(notBefore)) {
            throw new RemoteKeySourceException("The issuer did not answer a moment ago", null);
        }
        try {
            return keep(address.find(), null);
        } catch (UnreadableKeys failed) {
            notBefore = clock.instant().plus(PAUSE);
            throw new RemoteKeySourceException("The issuer cannot be discovered", failed);
        }
    }

    private Found keep(URI keys, @Nullable Found before) {
        Instant now = clock.instant();
        Found next = before != null && before.keys().equals(keys)
                ? new Found(keys, before.source(), now, now.plus(DISCOVERED_FOR), before.reading())
                : new Found(keys, source(keys), now, now.plus(DISCOVERED_FOR), new Reading());
        found = next;
        return next;
    }

    private JWKSource<SecurityContext> source(URI keys) {
        try {
            return JWKSourceBuilder.<SecurityContext>create(keys.toURL(), reader)
                    .cache(KEPT.toMillis(), LONGEST_READ.toMillis())
                    .refreshAheadCache(false)
                    .rateLimited(PAUSE.toMillis())
                    .outageTolerant(KEPT_IN_OUTAGE.toMillis())
                    .build();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException("An http address is a URL", impossible);
        }
    }

    /** Whether keys were ever read there. */
    private static final class Reading {

        private volatile boolean done;
    }

    /**
     * Where the keys are.
     *
     * @param at when that was found out
     * @param until when it has to be found out anew
     */
    private record Found(URI keys, JWKSource<SecurityContext> source, Instant at, Instant until, Reading reading) {

        List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
            try {
                List<JWK> keys = source.get(selector, context);
                reading.done = true;
                return keys;
            } catch (RateLimitReachedException askedJustNow) {
                if (reading.done) {
                    // the issuer was asked a moment ago and did not know the key: a made-up one must not make us ask
                    // again
                    return List.of();
                }
                throw askedJustNow;
            }
        }
    }
}
