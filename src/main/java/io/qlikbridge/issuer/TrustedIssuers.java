package io.qlikbridge.issuer;

import com.nimbusds.jwt.JWTParser;
import io.micrometer.core.instrument.MeterRegistry;
import io.qlikbridge.caller.TokenRules;
import io.qlikbridge.client.AccessCannotStart;
import io.qlikbridge.client.AccessProperties;
import io.qlikbridge.proxy.ForwardProxies;
import io.qlikbridge.subject.QlikSpelling;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.stereotype.Component;

/** The identity providers the operator trusts. The start is refused when their settings would mix up people. */
@Component
public class TrustedIssuers {

    private static final Logger log = LoggerFactory.getLogger(TrustedIssuers.class);
    private static final String SETTING = "bridge.access.issuers";

    private final Map<String, TrustedIssuer> byUri = new HashMap<>();
    private final Map<String, IssuerSignIn> signIns = new LinkedHashMap<>();

    TrustedIssuers(AccessProperties properties, Clock clock, MeterRegistry meters, ForwardProxies proxies) {
        List<AccessProperties.Issuer> all = properties.issuers();
        Set<String> prefixes = new HashSet<>();
        List<Vouching> vouching = new ArrayList<>();
        IssuerDocuments documents = new IssuerDocuments(proxies);
        for (int place = 0; place < all.size(); place++) {
            AccessProperties.Issuer settings = all.get(place);
            String uri = uri(settings, place);
            String audience = settings.audience();
            if (audience == null) {
                throw new AccessCannotStart(
                        "The trusted issuer " + uri + " has no audience.",
                        "Set " + SETTING + "[" + place + "].audience to what its tokens for the bridge have in \"aud\"."
                                + " Without it, a token for any other application of that issuer would work here.");
            }
            if (!prefixes.add(QlikSpelling.of(settings.usernamePrefix()))) {
                throw new AccessCannotStart(
                        "Two trusted issuers have the username prefix \"" + settings.usernamePrefix() + "\".",
                        "Give each of " + SETTING
                                + " another username-prefix, not in case alone: the same name at two issuers"
                                + " is two people.");
            }
            Vouching vouched = Vouching.of(settings, all.size() == 1, setting(place));
            vouching.add(vouched);
            IssuerKeys keys = keys(uri, settings, place, documents, new IssuerTrouble(uri, meters), clock);
            TrustedIssuer issuer = new TrustedIssuer(
                    settings,
                    vouched,
                    IssuerLimits.of(settings, setting(place)),
                    keys,
                    new TokenRules(clock, audience, uri),
                    foreignPrefixes(settings, all));
            if (byUri.put(uri, issuer) != null) {
                throw new AccessCannotStart(
                        "The issuer " + uri + " is trusted twice.", "Leave one of them out of " + SETTING + ".");
            }
            ConsoleClient console = ConsoleClient.of(settings, uri, setting(place));
            if (console != null) {
                add(new IssuerSignIn(
                        console,
                        issuer,
                        new ConsoleRegistration(console, uri, setting(place), documents, clock),
                        keys,
                        documents,
                        clock));
            }
        }
        VouchingNotes.tell(properties, vouching);
    }

    private void add(IssuerSignIn signIn) {
        if (signIns.putIfAbsent(signIn.key(), signIn) != null) {
            throw new AccessCannotStart(
                    "The addresses of two trusted issuers are too much alike to be told apart by their redirect URIs: "
                            + signIn.key() + ".",
                    "Leave console-client-id out of one of them in " + SETTING + ".");
        }
        log.info(
                "Admins of {} sign in to the console with \"{}\". Its redirect URI there is the bridge's address and {}{}",
                signIn.issuer(),
                signIn.name(),
                ConsoleRegistration.CALLBACK,
                signIn.key());
    }

    /** The issuers at which people sign in to the console, as they are configured. */
    public List<IssuerSignIn> signIns() {
        return List.copyOf(signIns.values());
    }

    /** @param key of {@link IssuerSignIn#key} */
    public Optional<IssuerSignIn> signIn(String key) {
        return Optional.ofNullable(signIns.get(key));
    }

    /** The name of an issuer's properties. */
    static String setting(int place) {
        return SETTING + "[" + place + "]";
    }

    private static IssuerKeys keys(
            String issuer,
            AccessProperties.Issuer settings,
            int place,
            IssuerDocuments documents,
            IssuerTrouble trouble,
            Clock clock) {
        String keys = settings.jwkSetUri();
        if (keys != null && keys.startsWith("http://") && !issuer.startsWith("http://")) {
            log.warn(
                    "The keys of the trusted issuer {} are read without TLS, by jwk-set-uri: whoever is on the way can"
                            + " make tokens of it",
                    issuer);
        }
        IssuerAddress address =
                new IssuerAddress(issuer, keys == null ? null : URI.create(keys), setting(place), documents, trouble);
        return new IssuerKeys(address, new KeySetReader(documents, trouble), clock);
    }

    /**
     * The issuer whose rules a token is held to, by its claim {@code iss}, which is not verified yet; empty where that is not trusted.
     *
     * @throws InvalidBearerTokenException when it is no JWT
     */
    public Optional<TrustedIssuer> ofToken(String token) {
        return of(issuerOf(token));
    }

    private static @Nullable String issuerOf(String token) {
        try {
            return JWTParser.parse(token).getJWTClaimsSet().getIssuer();
        } catch (ParseException | RuntimeException malformed) {
            throw new InvalidBearerTokenException("The access token is not a JWT");
        }
    }

    Optional<TrustedIssuer> of(@Nullable String issuer) {
        return issuer == null ? Optional.empty() : Optional.ofNullable(byUri.get(TokenRules.withoutSlash(issuer)));
    }

    private static String uri(AccessProperties.Issuer settings, int place) {
        String uri = settings.issuerUri() == null ? "" : TokenRules.withoutSlash(settings.issuerUri());
        if (!uri.startsWith("https://") && !uri.startsWith("http://") || !isUri(uri)) {
            throw new AccessCannotStart(
                    "A trusted issuer has no address.",
                    "Set " + SETTING + "[" + place + "].issuer-uri to the https address that its tokens have in"
                            + " \"iss\".");
        }
        if (uri.startsWith("http://")) {
            log.warn("The keys of the trusted issuer {} are read without TLS: do so on a test machine alone", uri);
        }
        return uri;
    }

    private static boolean isUri(String text) {
        try {
            return URI.create(text).getHost() != null;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static List<String> foreignPrefixes(AccessProperties.Issuer own, List<AccessProperties.Issuer> all) {
        return all.stream()
                .map(issuer -> QlikSpelling.of(issuer.usernamePrefix()))
                .filter(prefix ->
                        prefix.length() > QlikSpelling.of(own.usernamePrefix()).length())
                .toList();
    }
}
