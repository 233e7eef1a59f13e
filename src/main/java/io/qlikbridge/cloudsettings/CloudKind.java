package io.qlikbridge.cloudsettings;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionKind;
import io.qlikbridge.connection.ConnectionRequest;
import io.qlikbridge.connection.ConnectionSettings;
import io.qlikbridge.connection.ConnectionType;
import io.qlikbridge.connection.ServerAddress;
import io.qlikbridge.problem.InvalidValue;
import io.qlikbridge.problem.PlainText;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Connections to Qlik Cloud. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public class CloudKind implements ConnectionKind {

    private static final Duration LONGEST_EXPIRY = Duration.ofDays(3650);

    private static final Pattern WEB_INTEGRATION_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int LONGEST_ISSUER = 255;

    /** RFC 6749, appendix A.4. */
    private static final Pattern SCOPE =
            Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]+( [\\x21\\x23-\\x5b\\x5d-\\x7e]+)*");

    private static final int LONGEST_SCOPE = 1_000;

    private final ApiKeyMaximums maximums;

    public CloudKind(ApiKeyMaximums maximums) {
        this.maximums = maximums;
    }

    @Override
    public ConnectionType type() {
        return CloudSettings.TYPE;
    }

    @Override
    public Class<CloudSettings> settings() {
        return CloudSettings.class;
    }

    @Override
    public Supplier<ConnectionSettings> read(ConnectionRequest request) {
        Optional<String> webIntegrationId = request.text("webIntegrationId", CloudKind::webIntegrationId);
        Optional<ServerAddress> origin = request.text("origin", ServerAddress::of);
        Optional<CloudSignIn> signIn = request.text("signIn", CloudSignIn::of);
        boolean impersonates =
                signIn.filter(way -> way == CloudSignIn.OAUTH_IMPERSONATION).isPresent();
        Optional<String> issuer = impersonates
                ? request.text("issuer", CloudKind::issuer)
                : request.requiredText("issuer", CloudKind::issuer);
        Optional<ApiKeyExpiry> expiry = request.text("apiKeyExpiry", CloudKind::expiry);
        Optional<Keeps> keeps = request.text("keeps", Keeps::of);
        if (impersonates) {
            request.refuse("keeps", "goes with signIn jwt alone: an OAuth client keeps access tokens");
        }
        Optional<SessionLifespan> lifespan = request.text("sessionLifespan", SessionLifespan::new);
        Optional<String> scope = request.text("scope", CloudKind::scope);
        return () -> CloudSettings.kept(
                webIntegrationId.orElse(null),
                origin.map(ServerAddress::toString).orElse(null),
                issuer.orElse(null),
                expiry.orElse(CloudSettings.USUAL_EXPIRY),
                signIn.orElse(null),
                keeps.orElse(null),
                lifespan.orElse(null),
                scope.orElse(null));
    }

    /** The expiry that is asked for, beside the one that was configured; {@code null} where no API keys are made. */
    @Override
    public Map<String, @Nullable Object> shown(Connection connection) {
        Map<String, @Nullable Object> shown = new HashMap<>();
        boolean makesKeys = CloudSettings.of(connection).issues() == CloudCredential.API_KEY;
        shown.put("effectiveApiKeyExpiry", makesKeys ? maximums.effectiveExpiry(connection) : null);
        return shown;
    }

    private static String issuer(String text) {
        return PlainText.checked(text, LONGEST_ISSUER);
    }

    private static String scope(String text) {
        if (text.length() > LONGEST_SCOPE || !SCOPE.matcher(text).matches()) {
            throw new InvalidValue(
                    "is scopes as the tenant names them, with one blank between each two, such as user_default");
        }
        return text;
    }

    /** The bridge has no credential to remove them with, once the setup is over. */
    @Override
    public Map<URI, String> remains(Connection connection, @Nullable String kid) {
        CloudSettings settings = CloudSettings.of(connection);
        Map<URI, String> remains = new LinkedHashMap<>();
        if (kid != null) {
            remains.put(
                    URI.create(connection.host() + "/api/v1/identity-providers"),
                    "the identity provider with the issuer " + settings.issuer() + " and the key id " + kid);
        }
        if (settings.webIntegrationId() != null) {
            remains.put(
                    URI.create(connection.host() + "/api/v1/web-integrations/" + settings.webIntegrationId()),
                    "the web integration " + settings.webIntegrationId());
        }
        return remains;
    }

    private static String webIntegrationId(String text) {
        if (!WEB_INTEGRATION_ID.matcher(text).matches()) {
            throw new InvalidValue("is 1 to 64 of A-Z, a-z, 0-9, _ and -, as the tenant shows it");
        }
        return text;
    }

    private static ApiKeyExpiry expiry(String text) {
        ApiKeyExpiry expiry = new ApiKeyExpiry(text);
        if (expiry.duration().compareTo(LONGEST_EXPIRY) > 0) {
            throw new InvalidValue("is at most P" + LONGEST_EXPIRY.toDays() + "D");
        }
        return expiry;
    }
}
