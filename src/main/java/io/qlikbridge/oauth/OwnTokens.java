package io.qlikbridge.oauth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.proc.JWSVerifierFactory;
import io.qlikbridge.caller.Caller;
import io.qlikbridge.caller.TokenDecoder;
import io.qlikbridge.caller.TokenRules;
import io.qlikbridge.caller.VerifiedToken;
import io.qlikbridge.client.AccessProperties;
import io.qlikbridge.client.BridgeClient;
import io.qlikbridge.client.KnownClients;
import io.qlikbridge.client.Scope;
import io.qlikbridge.crypto.SigningProvider;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.stereotype.Component;

/** Reads the access tokens that the bridge itself gave to its clients. */
@Component
public class OwnTokens {

    static final String AUDIENCE = "qlik-bridge";

    /** The claim with the client's row: a client that is deleted and made anew is another client. */
    static final String CLIENT = "client";

    /** The claim of a token that was got with the secret that was printed at the first start. */
    static final String FIRST = "first_secret";

    private final TokenDecoder decoder;
    private final KnownClients clients;
    private final TokenRules rules;

    OwnTokens(
            AccessTokenKeys keys,
            KnownClients clients,
            AccessProperties properties,
            Clock clock,
            SigningProvider provider) {
        this.rules = new TokenRules(clock, AUDIENCE, properties.issuer());
        this.decoder = new TokenDecoder(keys, Set.of(JWSAlgorithm.RS256), rules, verifiers(provider));
        this.clients = clients;
    }

    public VerifiedToken verify(String token) {
        Jwt claims = decoder.decode(token);
        String row = claims.getClaimAsString(CLIENT);
        Set<Scope> scopes = scopes(claims.getClaimAsStringList("scope"));
        boolean first = Boolean.TRUE.equals(claims.getClaimAsBoolean(FIRST));
        return new VerifiedToken(rules.until(claims), () -> caller(row, scopes, first), first);
    }

    /** The client as it is now, not as it was when the token was made. */
    private Caller.Client caller(@Nullable String row, Set<Scope> granted, boolean first) {
        BridgeClient client = row == null ? null : clients.of(row).orElse(null);
        if (client == null) {
            throw new InvalidBearerTokenException("The client of the access token is not there any more");
        }
        if (first && !client.firstSecret()) {
            // whoever read the printed one, too, must not renew it once more
            throw new InvalidBearerTokenException("The secret that the access token was asked for with was renewed");
        }
        Set<Scope> scopes = new HashSet<>(granted);
        scopes.retainAll(client.scopes());
        return new Caller.Client(client.clientId(), scopes, client.users(), client.connections());
    }

    /** For our own key alone: a key of somebody else may be one that the provider does not take. */
    private static JWSVerifierFactory verifiers(SigningProvider provider) {
        DefaultJWSVerifierFactory verifiers = new DefaultJWSVerifierFactory();
        verifiers.getJCAContext().setProvider(provider.jca());
        return verifiers;
    }

    private static Set<Scope> scopes(@Nullable List<String> values) {
        Set<Scope> scopes = new HashSet<>();
        if (values != null) {
            values.forEach(value -> Scope.of(value).ifPresent(scopes::add));
        }
        return scopes;
    }
}
