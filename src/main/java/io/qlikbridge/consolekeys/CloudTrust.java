package io.qlikbridge.consolekeys;

import io.qlikbridge.cloudsettings.CloudSettings;
import io.qlikbridge.cloudsettings.CloudSignIn;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionType;
import io.qlikbridge.console.ConditionalOnConsole;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** The identity provider of a Qlik Cloud tenant. */
@Component
@ConditionalOnConsole
class CloudTrust implements TrustGuide {

    private static final List<String> STEPS =
            List.of("keys.cloud.step.open", "keys.cloud.step.type", "keys.cloud.step.paste", "keys.cloud.step.compare");

    @Override
    public ConnectionType type() {
        return CloudSettings.TYPE;
    }

    @Override
    public boolean signs(Connection connection) {
        return CloudSettings.of(connection).signIn() == CloudSignIn.JWT;
    }

    @Override
    public List<String> steps(Connection connection) {
        return STEPS;
    }

    @Override
    public List<Typed> values(Connection connection, String kid) {
        String issuer = Objects.requireNonNullElse(CloudSettings.of(connection).issuer(), "");
        return List.of(new Typed("keys.cloud.issuer", issuer), new Typed("keys.cloud.kid", kid));
    }
}
