package io.qlikbridge.access;

import com.nimbusds.jose.JWSAlgorithm;
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
class OwnTokens {

    static final String AUDIENCE = "qlik-bridge";

    /** The claim with the client's row: a client that is deleted and made anew is another client. */
    static final String CLIENT = "client";

    private final TokenDecoder decoder;
    private final ClientStore clients;

    OwnTokens(AccessTokenKeys keys, ClientStore clients, AccessProperties properties, Clock clock) {
        this.decoder = new TokenDecoder(
                keys, Set.of(JWSAlgorithm.RS256), new TokenRules(clock, AUDIENCE, properties.issuer()));
        this.clients = clients;
    }

    /** The client as it is now, not as it was when the token was made. */
    Caller.Client caller(String token) {
        Jwt claims = decoder.decode(token);
        String row = claims.getClaimAsString(CLIENT);
        BridgeClient client = row == null ? null : clients.findByRow(row).orElse(null);
        if (client == null) {
            throw new InvalidBearerTokenException("The client of the access token is not there any more");
        }
        Set<Scope> scopes = scopes(claims.getClaimAsStringList("scope"));
        scopes.retainAll(client.scopes());
        return new Caller.Client(client.clientId(), scopes, client.users());
    }

    private static Set<Scope> scopes(@Nullable List<String> values) {
        Set<Scope> scopes = new HashSet<>();
        if (values != null) {
            values.forEach(value -> Scope.of(value).ifPresent(scopes::add));
        }
        return scopes;
    }
}
