package io.qlikbridge.cloudsettings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionSettings;
import io.qlikbridge.connection.ConnectionType;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What only a connection to Qlik Cloud has. Those of one way to sign in are of no effect in the other, and kept so that an admin may go
 * back.
 *
 * @param webIntegrationId ties requests to allowed origins; sent when there is one
 * @param origin the {@code Origin} header sent with the exchange; sent when there is one
 * @param issuer the {@code iss} of every assertion, as the tenant's identity provider has it; required to sign in by {@code jwt}
 * @param apiKeyExpiry how long the admin wants API keys to last
 * @param keeps what is kept of a user; {@code null} where that is always the access token
 * @param sessionLifespan how long the tenant lets a session last in all
 * @param scope what access tokens are asked for, with a blank between each two (RFC 6749, section 3.3)
 */
public record CloudSettings(
        @Nullable String webIntegrationId,
        @Nullable String origin,
        @Nullable String issuer,
        ApiKeyExpiry apiKeyExpiry,
        CloudSignIn signIn,
        @Nullable Keeps keeps,
        SessionLifespan sessionLifespan,
        String scope)
        implements ConnectionSettings {

    public static final ConnectionType TYPE = new ConnectionType("qlik-cloud");

    /** The longest expiry of a tenant whose administration nobody has changed (contract, section 5.3). */
    static final ApiKeyExpiry USUAL_EXPIRY = new ApiKeyExpiry("PT24H");

    /** The default of a tenant (contract, section 3). */
    static final SessionLifespan USUAL_LIFESPAN = new SessionLifespan("PT24H");

    /** All that the user may do (contract, section 10). */
    static final String USUAL_SCOPE = "user_default";

    private static final Set<String> ADDRESSEE = Set.of("issuer", "webIntegrationId");

    /** As they are kept: earlier versions know neither {@code signIn} nor what came with it. */
    @JsonCreator
    static CloudSettings kept(
            @JsonProperty("webIntegrationId") @Nullable String webIntegrationId,
            @JsonProperty("origin") @Nullable String origin,
            @JsonProperty("issuer") @Nullable String issuer,
            @JsonProperty("apiKeyExpiry") ApiKeyExpiry apiKeyExpiry,
            @JsonProperty("signIn") @Nullable CloudSignIn signIn,
            @JsonProperty("keeps") @Nullable Keeps keeps,
            @JsonProperty("sessionLifespan") @Nullable SessionLifespan sessionLifespan,
            @JsonProperty("scope") @Nullable String scope) {
        CloudSignIn way = signIn == null ? CloudSignIn.JWT : signIn;
        return new CloudSettings(
                webIntegrationId,
                origin,
                issuer,
                apiKeyExpiry,
                way,
                keeps == null && way == CloudSignIn.JWT ? Keeps.API_KEYS : keeps,
                sessionLifespan == null ? USUAL_LIFESPAN : sessionLifespan,
                scope == null ? USUAL_SCOPE : scope);
    }

    /** Those of a connection of which an admin has set nothing but the issuer. */
    public static CloudSettings usual(String issuer) {
        return kept(null, null, issuer, USUAL_EXPIRY, null, null, null, null);
    }

    /** Those of a connection to Qlik Cloud. */
    public static CloudSettings of(Connection connection) {
        return (CloudSettings) connection.settings();
    }

    /** The same with a web integration, or another one. */
    public CloudSettings withWebIntegrationId(String id) {
        return new CloudSettings(id, origin, issuer, apiKeyExpiry, signIn, keeps, sessionLifespan, scope);
    }

    /** @throws BridgeException {@code conflict}, when the connection signs in otherwise and has none */
    public String requireIssuer() {
        if (issuer == null) {
            throw new BridgeException(
                    ProblemCode.CONFLICT,
                    "Nobody is signed in by an assertion: the connection has no issuer. PUT it with an issuer and signIn jwt.");
        }
        return issuer;
    }

    /** What the tenant issues to users of the connection. */
    public CloudCredential issues() {
        if (signIn == CloudSignIn.OAUTH_IMPERSONATION) {
            return CloudCredential.ACCESS_TOKEN;
        }
        return keeps == Keeps.SESSIONS ? CloudCredential.SESSION : CloudCredential.API_KEY;
    }

    @Override
    public Set<String> addressee() {
        return ADDRESSEE;
    }

    @Override
    public String issued() {
        return switch (issues()) {
            // those of connections that were made before there were others
            case API_KEY -> "";
            case SESSION -> "session";
            case ACCESS_TOKEN -> "access-token " + scope;
        };
    }
}
