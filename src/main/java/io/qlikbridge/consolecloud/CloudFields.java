package io.qlikbridge.consolecloud;

import io.qlikbridge.cloudsettings.CloudSettings;
import io.qlikbridge.cloudsettings.CloudSignIn;
import io.qlikbridge.cloudsettings.Keeps;
import io.qlikbridge.connection.ConnectionType;
import io.qlikbridge.connectionadmin.ConnectionAnswer;
import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.consoleconnections.ConnectionFact;
import io.qlikbridge.consoleconnections.ConnectionFields;
import io.qlikbridge.consoleconnections.TypedSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The fields of a connection to Qlik Cloud. */
@Component
@ConditionalOnConsole
@Order(Ordered.HIGHEST_PRECEDENCE)
class CloudFields implements ConnectionFields {

    @Override
    public ConnectionType type() {
        return CloudSettings.TYPE;
    }

    @Override
    public String product() {
        return "Qlik Cloud";
    }

    @Override
    public String template() {
        return "console/consolecloud-fields :: fields";
    }

    /** No origin: a server needs none, and a tenant refuses one that no web integration lists. */
    @Override
    public Map<String, String> defaults(URI bridge) {
        CloudSettings usual = CloudSettings.usual(bridge.toString());
        Map<String, String> defaults = new HashMap<>();
        defaults.put("signIn", usual.signIn().slug());
        defaults.put("issuer", bridge.toString());
        defaults.put("webIntegrationId", "");
        defaults.put("origin", "");
        defaults.put("keeps", Keeps.API_KEYS.slug());
        defaults.put("apiKeyExpiry", usual.apiKeyExpiry().iso());
        defaults.put("sessionLifespan", usual.sessionLifespan().iso());
        defaults.put("scope", usual.scope());
        defaults.put("sslBundle", "");
        return defaults;
    }

    @Override
    public Map<String, JsonNode> settings(TypedSettings typed) {
        typed.text("signIn")
                .text("issuer")
                .text("webIntegrationId")
                .text("origin")
                .text("apiKeyExpiry")
                .text("sessionLifespan")
                .text("scope")
                .text("sslBundle");
        if (!typed.typed("signIn").equals(CloudSignIn.OAUTH_IMPERSONATION.slug())) {
            typed.text("keeps");
        }
        return typed.sent();
    }

    /** What the tenant was found to allow. */
    @Override
    public List<ConnectionFact> facts(ConnectionAnswer connection) {
        List<ConnectionFact> facts = new ArrayList<>();
        Object effective = connection.own().get("effectiveApiKeyExpiry");
        if (effective != null) {
            boolean cut =
                    !effective.toString().equals(String.valueOf(connection.own().get("apiKeyExpiry")));
            facts.add(new ConnectionFact(cut ? "cloud.expiry-cut" : "cloud.expiry", effective.toString()));
        }
        return facts;
    }
}
