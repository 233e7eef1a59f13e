package io.qlikbridge.connectionadmin;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.ConnectionKind;
import io.qlikbridge.connection.ConnectionKinds;
import io.qlikbridge.connection.ConnectionRequest;
import io.qlikbridge.connection.ConnectionSettings;
import io.qlikbridge.connection.ServerAddress;
import io.qlikbridge.connection.SubjectPolicy;
import io.qlikbridge.problem.InvalidValue;
import io.qlikbridge.problem.PlainText;
import io.qlikbridge.problem.Violations;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Makes a connection of what an admin sent, or tells everything that is wrong with it. */
@Component
class ConnectionReader {

    private static final int LONGEST_TEXT = 255;
    private static final String USERNAME = "{username}";
    private static final String EMAIL = "{email}";

    private final ConnectionKinds kinds;
    private final ConnectionProperties properties;
    private final SslBundles sslBundles;

    ConnectionReader(ConnectionKinds kinds, ConnectionProperties properties, SslBundles sslBundles) {
        this.kinds = kinds;
        this.properties = properties;
        this.sslBundles = sslBundles;
    }

    /**
     * The connection that is asked for, made now.
     *
     * @param body the properties of the JSON object that was sent
     * @throws io.qlikbridge.problem.BridgeException {@code invalid-request} with all that is wrong
     */
    Connection read(ConnectionId id, Map<String, JsonNode> body, Instant now) {
        Violations violations = new Violations();
        ConnectionRequest request = new ConnectionRequest(body, violations);
        Optional<ConnectionKind> kind = request.requiredText("type", kinds::named);
        Optional<URI> host = request.requiredText("host", this::host);
        Supplier<ConnectionSettings> settings = kind.orElseGet(kinds::first).read(request);
        Optional<SubjectPolicy> subjects = request.text("subjects", SubjectPolicy::of);
        Optional<String> template = request.text("subjectTemplate", ConnectionReader::subjectTemplate);
        Optional<String> sslBundle = request.text("sslBundle", this::sslBundle);
        request.refuseUnknown();
        violations.throwIfAny();
        return new Connection(
                id,
                kind.orElseThrow().type(),
                host.orElseThrow(),
                subjects.orElse(SubjectPolicy.DEFAULT),
                template.orElse(USERNAME),
                sslBundle.orElse(null),
                settings.get(),
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
}
