package io.qlikbridge.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.qlikbridge.caller.Caller;
import io.qlikbridge.caller.CallerToken;
import io.qlikbridge.caller.VerifiedToken;
import io.qlikbridge.client.FirstAdmin;
import io.qlikbridge.issuer.TrustedIssuers;
import io.qlikbridge.oauth.OwnTokens;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.signin.CallerAddress;
import io.qlikbridge.signin.SignIns;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.stereotype.Component;

/**
 * Finds out who calls, from the access token alone. Whose rules a token is held to, its {@code iss} decides. A token that
 * was found good is known again by its hash for a short while; the token itself is not kept.
 */
@Component
class TokenCallers implements AuthenticationManagerResolver<HttpServletRequest> {

    private static final int MOST_KNOWN = 10_000;

    private final OwnTokens own;
    private final TrustedIssuers issuers;
    private final SignedInPeople people;
    private final SignIns signIns;
    private final Clock clock;
    private final Cache<String, VerifiedToken> known =
            Caffeine.newBuilder().maximumSize(MOST_KNOWN).build();

    private final Counter hits;
    private final Counter misses;

    TokenCallers(
            OwnTokens own,
            TrustedIssuers issuers,
            SignedInPeople people,
            SignIns signIns,
            Clock clock,
            MeterRegistry registry) {
        this.own = own;
        this.issuers = issuers;
        this.people = people;
        this.signIns = signIns;
        this.clock = clock;
        this.hits = requests(registry, "hit");
        this.misses = requests(registry, "miss");
    }

    @Override
    public AuthenticationManager resolve(HttpServletRequest request) {
        // no bean of its own: Spring would ask it about everything else that has to be authenticated, too
        return authentication -> authenticate(authentication, request);
    }

    private Authentication authenticate(Authentication authentication, HttpServletRequest request) {
        String token = ((BearerTokenAuthenticationToken) authentication).getToken();
        String hash = hash(token);
        VerifiedToken before = known.getIfPresent(hash);
        VerifiedToken verified = before;
        if (verified == null || !clock.instant().isBefore(verified.until())) {
            misses.increment();
            verified = verify(token);
        } else {
            hits.increment();
        }
        Caller caller = verified.caller().get();
        boolean told = before != null || !SignIns.isTold(caller);
        if (told && verified != before) {
            known.put(hash, verified);
        }
        if (verified.onlyToRenew() && !renewsFirstSecret(request)) {
            throw new BridgeException(
                    ProblemCode.FORBIDDEN,
                    "The secret of client admin that was printed at the first start is good for being renewed alone. POST "
                            + FirstAdmin.RENEWAL
                            + " makes another, and shows it once: ask for an access token with that one.");
        }
        if (caller instanceof Caller.Person person) {
            people.admit(person, request);
            if (!told) {
                tell(hash, verified, person, request);
            }
        }
        return new CallerToken(caller);
    }

    /**
     * The caller of a token that was found good a moment ago; empty for any other.
     *
     * @throws io.qlikbridge.problem.BridgeException when the person is another one than the user of that name
     */
    Optional<CallerToken> peek(String token) {
        VerifiedToken verified = known.getIfPresent(hash(token));
        if (verified == null || !clock.instant().isBefore(verified.until()) || verified.onlyToRenew()) {
            return Optional.empty();
        }
        Caller caller = verified.caller().get();
        if (caller instanceof Caller.Person person) {
            people.require(person);
        }
        hits.increment();
        return Optional.of(new CallerToken(caller));
    }

    /** Once for a token, however many requests come with it at once; it is not known until it was told. */
    private void tell(String hash, VerifiedToken verified, Caller.Person person, HttpServletRequest request) {
        known.asMap().computeIfAbsent(hash, same -> {
            signIns.seen(person, CallerAddress.of(request.getRemoteAddr()));
            return verified;
        });
    }

    private static boolean renewsFirstSecret(HttpServletRequest request) {
        return "POST".equals(request.getMethod())
                && request.getRequestURI().equals(request.getContextPath() + FirstAdmin.RENEWAL);
    }

    private VerifiedToken verify(String token) {
        return issuers.ofToken(token).map(issuer -> issuer.verify(token)).orElseGet(() -> own.verify(token));
    }

    /** The same metric as that of what is remembered of the database. */
    private static Counter requests(MeterRegistry registry, String result) {
        return Counter.builder("bridge.cache.requests")
                .description("How often something was asked of a cache")
                .tag("cache", "token")
                .tag("result", result)
                .register(registry);
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
