package io.qlikbridge.consolesense;

import io.qlikbridge.connection.ConnectionType;
import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.consoleconnections.ConnectionFields;
import io.qlikbridge.consoleconnections.TypedSettings;
import io.qlikbridge.sensesettings.CertificateSettings;
import io.qlikbridge.sensesettings.JwtSettings;
import io.qlikbridge.sensesettings.SenseSettings;
import io.qlikbridge.sensesettings.SignIn;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The fields of a connection to a Qlik Sense site. */
@Component
@ConditionalOnConsole
class SenseFields implements ConnectionFields {

    @Override
    public ConnectionType type() {
        return SenseSettings.TYPE;
    }

    @Override
    public String product() {
        return "Qlik Sense";
    }

    @Override
    public String template() {
        return "console/consolesense-fields :: fields";
    }

    @Override
    public Map<String, String> defaults(URI bridge) {
        Map<String, String> defaults = new HashMap<>();
        defaults.put("signIn", SignIn.CERTIFICATES.slug());
        defaults.put("userDirectory", "");
        defaults.put("hostNameCheck", "true");
        defaults.put("repositoryPort", String.valueOf(CertificateSettings.REPOSITORY_PORT));
        defaults.put("proxyPort", String.valueOf(CertificateSettings.PROXY_PORT));
        defaults.put("virtualProxy", "");
        defaults.put("userIdClaim", JwtSettings.USER_ID_CLAIM);
        defaults.put("userDirectoryClaim", JwtSettings.USER_DIRECTORY_CLAIM);
        defaults.put("audience", "");
        defaults.put("tokenExpiry", JwtSettings.USUAL_EXPIRY.iso());
        return defaults;
    }

    /** Of the other way to sign in, nothing: what is not shown is not sent. */
    @Override
    public Map<String, JsonNode> settings(TypedSettings typed) {
        typed.text("signIn").text("userDirectory").flag("hostNameCheck");
        String signIn = typed.typed("signIn");
        if (signIn.equals(SignIn.CERTIFICATES.slug())) {
            typed.number("repositoryPort").number("proxyPort");
        }
        if (signIn.equals(SignIn.JWT.slug())) {
            typed.text("virtualProxy")
                    .text("userIdClaim")
                    .text("userDirectoryClaim")
                    .text("audience")
                    .text("tokenExpiry");
        }
        return typed.sent();
    }
}
