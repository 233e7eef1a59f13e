package io.qlikbridge.probe;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.SigningKeyView;
import io.qlikbridge.signing.SigningKeys;
import io.qlikbridge.signing.UnusableSigningKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The step of a connection test that looks at the key which is to sign. */
@Component
public class SigningKeyCheck {

    /** The name of the step. */
    public static final String STEP = "signing-key";

    private final SigningKeys keys;
    private final Clock clock;

    public SigningKeyCheck(SigningKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** @param kid the key to look at, in any state; {@code null} for the active one */
    public ProbeStep step(Connection connection, @Nullable String kid) {
        return new ProbeStep(STEP, Set.of(), () -> look(connection, kid));
    }

    private String look(Connection connection, @Nullable String kid) {
        SigningKeyView key = tested(connection, kid);
        if (key.certificateNotAfter().isBefore(clock.instant())) {
            throw ProbeOutcome.failed(
                    "The certificate of the key " + key.kid() + " ended at " + key.certificateNotAfter() + ".",
                    "Make or upload another signing key, give its certificate to the tenant's identity provider and activate it.");
        }
        long days = Duration.between(clock.instant(), key.certificateNotAfter()).toDays();
        return "The key " + key.kid() + " (RSA " + key.bits() + ") signs, and its certificate lasts " + days
                + " more days."
                + (key.signs()
                        ? ""
                        : " It is " + key.state() + "; the connection signs with " + active(connection) + ".");
    }

    private String active(Connection connection) {
        return keys.active(connection.id()).map(SigningKeyView::kid).orElse("none");
    }

    private SigningKeyView tested(Connection connection, @Nullable String kid) {
        try {
            return kid == null ? keys.tested(connection.id()) : keys.tested(connection.id(), kid);
        } catch (UnusableSigningKey unusable) {
            throw ProbeOutcome.failed(unusable.detail(), unusable.remedy());
        }
    }
}
