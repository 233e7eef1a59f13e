package io.qlikbridge.consolekeys;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionType;
import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.sensesettings.JwtSettings;
import io.qlikbridge.sensesettings.SenseSettings;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** The virtual proxy of a client-managed Qlik Sense site. */
@Component
@ConditionalOnConsole
class SenseTrust implements TrustGuide {

    private static final List<String> STEPS = List.of(
            "keys.sense.step.open",
            "keys.sense.step.authentication",
            "keys.sense.step.paste",
            "keys.sense.step.nodes",
            "keys.sense.step.link");

    private static final String COOKIE = "X-Qlik-Session-";

    @Override
    public ConnectionType type() {
        return SenseSettings.TYPE;
    }

    @Override
    public boolean signs(Connection connection) {
        return connection.settings() instanceof JwtSettings;
    }

    @Override
    public List<String> steps(Connection connection) {
        return STEPS;
    }

    @Override
    public List<Typed> values(Connection connection, String kid) {
        JwtSettings settings = (JwtSettings) connection.settings();
        List<Typed> values = new ArrayList<>();
        values.add(new Typed("keys.sense.description", "Bridge, " + kid));
        if (!settings.virtualProxy().isEmpty()) {
            values.add(new Typed("keys.sense.prefix", settings.virtualProxy()));
            values.add(new Typed("keys.sense.cookie", COOKIE + settings.virtualProxy()));
        }
        values.add(new Typed("keys.sense.user-id", settings.userIdClaim()));
        values.add(new Typed("keys.sense.user-directory", settings.userDirectoryClaim()));
        if (settings.audience() != null) {
            values.add(new Typed("keys.sense.audience", settings.audience()));
        }
        values.add(new Typed("keys.sense.host", connection.host().getHost()));
        return values;
    }
}
