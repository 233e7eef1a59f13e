package io.qlikbridge.connectionadmin;

import io.qlikbridge.connection.ApiKeyExpiry;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.ConnectionType;
import io.qlikbridge.connection.SubjectPolicy;
import io.qlikbridge.problem.InvalidValue;
import io.qlikbridge.problem.PlainText;
import io.qlikbridge.problem.Violations;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.stereotype.Component;

/** Makes a connection of what an admin sent, or tells everything that is wrong with it. */
@Component
class ConnectionReader {

    // the longest expiry of a tenant whose administration nobody has changed (Qlik contract, 5.3)
    private static final String USUAL_EXPIRY = "PT24H";
    private static final Duration LONGEST_EXPIRY = Duration.ofDays(3650);
    private static final Pattern WEB_INTEGRATION_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int LONGEST_TEXT = 255;
    private static final String USERNAME = "{username}";
    private static final String EMAIL = "{email}";

    private final ConnectionProperties properties;
    private final SslBundles sslBundles;

    ConnectionReader(ConnectionProperties properties, SslBundles sslBundles) {
        this.properties = properties;
        this.sslBundles = sslBundles;
    }

    /**
     * The connection that is asked for, made now. What the tenant allows is not known of it.
     *
     * @throws io.qlikbridge.problem.BridgeException {@code invalid-request} with all that is wrong
     */
    Connection read(ConnectionId id, ConnectionRequest request, Instant now) {
        Violations violations = new Violations();
        Optional<ConnectionType> type = violations.readRequired(request.type(), "#/type", ConnectionType::of);
        Optional<URI> host = violations.readRequired(request.host(), "#/host", this::host);
        Optional<String> webIntegrationId =
                violations.read(request.webIntegrationId(), "#/webIntegrationId", ConnectionReader::webIntegrationId);
        Optional<ServerAddress> origin = violations.read(request.origin(), "#/origin", ServerAddress::of);
        Optional<String> issuer = violations.readRequired(request.issuer(), "#/issuer", ConnectionReader::issuer);
        Optional<ApiKeyExpiry> expiry = violations.read(
                Objects.requireNonNullElse(request.apiKeyExpiry(), USUAL_EXPIRY),
                "#/apiKeyExpiry",
                ConnectionReader::expiry);
        Optional<SubjectPolicy> subjects = violations.read(
                Objects.requireNonNullElse(request.subjects(), SubjectPolicy.DEFAULT.slug()),
                "#/subjects",
                SubjectPolicy::of);
        Optional<String> template = violations.read(
                Objects.requireNonNullElse(request.subjectTemplate(), USERNAME),
                "#/subjectTemplate",
                ConnectionReader::subjectTemplate);
        Optional<String> sslBundle = violations.read(request.sslBundle(), "#/sslBundle", this::sslBundle);
        violations.throwIfAny();
        return new Connection(
                id,
                type.orElseThrow(),
                host.orElseThrow(),
                webIntegrationId.orElse(null),
                origin.map(ServerAddress::toString).orElse(null),
                issuer.orElseThrow(),
                expiry.orElseThrow(),
                null,
                subjects.orElseThrow(),
                template.orElseThrow(),
                sslBundle.orElse(null),
                now,
                now);
    }

    private URI host(String text) {
        ServerAddress host = ServerAddress.of(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        if (properties.allowedHosts().stream().noneMatch(allowed -> allowed.admits(host))) {
            String list = properties.allowedHosts().stream()
                    .map(AllowedHost::toString)
                    .collect(Collectors.joining(", "));
            throw new InvalidValue("is not among the hosts that connections may lead to (" + list
                    + "). Whoever runs the bridge can add it to bridge.connections.allowed-hosts"
                    + " (BRIDGE_CONNECTIONS_ALLOWED_HOSTS)");
        }
        return host.uri();
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

    private static String subjectTemplate(String text) {
        PlainText.checked(text, LONGEST_TEXT);
        String rest = text.replace(USERNAME, "").replace(EMAIL, "");
        if (rest.length() == text.length()) {
            throw new InvalidValue("holds {username} or {email}: without, every user would be one person to Qlik");
        }
        if (rest.indexOf('{') >= 0 || rest.indexOf('}') >= 0) {
            throw new InvalidValue("has no braces but those of {username} and {email}");
        }
        return text;
    }

    private String sslBundle(String name) {
        if (!sslBundles.getBundleNames().contains(name)) {
            throw new InvalidValue(
                    "is not the name of an SSL bundle that the bridge knows. They are configured under spring.ssl.bundle");
        }
        return name;
    }

    private static String issuer(String text) {
        return PlainText.checked(text, LONGEST_TEXT);
    }
}
