package io.qlikbridge.impersonation;

import io.qlikbridge.cloudcall.CloudCall;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.oauthclient.OAuthClient;
import io.qlikbridge.oauthclient.OAuthClients;
import io.qlikbridge.signing.SigningKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Authenticates the OAuth client of a connection at its tenant: by its secret, or by a JWT of the connection's active signing key. */
@Component
class ClientAuthentication {

    static final String TOKEN = "/oauth/token";

    /** For a tenant whose clock is behind ours. */
    private static final Duration BACKDATED = Duration.ofSeconds(5);

    /** A tenant allows five minutes (contract, section 10). */
    private static final Duration LIFETIME = Duration.ofMinutes(2);

    /** RFC 7523, section 2.2. */
    private static final String BY_JWT = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final OAuthClients clients;
    private final SigningKeys keys;
    private final Clock clock;

    ClientAuthentication(OAuthClients clients, SigningKeys keys, Clock clock) {
        this.clients = clients;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * The parameters that say who asks, made for one request.
     *
     * @throws io.qlikbridge.problem.BridgeException {@code oauth-client-missing}, or {@code signing-key-missing} of a client without a
     *     secret
     */
    Map<String, String> parameters(Connection connection) {
        OAuthClient client = clients.require(connection);
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("client_id", client.clientId());
        if (client.secret() != null) {
            parameters.put("client_secret", client.secret());
        } else {
            parameters.put("client_assertion_type", BY_JWT);
            parameters.put(
                    "client_assertion",
                    keys.sign(connection, claims(connection, client.clientId())).value());
        }
        return parameters;
    }

    private Map<String, Object> claims(Connection connection, String clientId) {
        Instant now = clock.instant();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", clientId);
        claims.put("sub", clientId);
        claims.put("aud", CloudCall.at(connection, TOKEN).build().toUriString());
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("iat", now.getEpochSecond());
        claims.put("nbf", now.minus(BACKDATED).getEpochSecond());
        // counted from the earliest time at which it is good
        claims.put("exp", now.minus(BACKDATED).plus(LIFETIME).getEpochSecond());
        return claims;
    }
}
