package io.qlikbridge.qliksense;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.sensesettings.JwtSettings;
import io.qlikbridge.signing.SigningKeys;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.TokenOffer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Signs the tokens that jobs show to a virtual proxy themselves. */
@Component
class SenseTokens implements TokenOffer.Signer {

    private final SigningKeys keys;
    private final SenseAssertions assertions;

    SenseTokens(SigningKeys keys, SenseAssertions assertions) {
        this.keys = keys;
        this.assertions = assertions;
    }

    @Override
    public TokenOffer.SignedToken sign(Connection connection, Subject subject, @Nullable Duration validity) {
        JwtSettings settings = (JwtSettings) connection.settings();
        Duration lifetime = settings.tokenExpiry().duration();
        if (validity != null && validity.compareTo(lifetime) > 0) {
            throw new BridgeException(
                    ProblemCode.VALIDITY_NOT_POSSIBLE,
                    "A token that lasts " + validity + " was asked for, but tokens of connection " + connection.id()
                            + " last " + settings.tokenExpiry()
                            + ". Ask for less, or PUT the connection again with a longer tokenExpiry.");
        }
        Map<String, Object> claims = assertions.about(subject, settings, lifetime);
        return new TokenOffer.SignedToken(
                keys.sign(connection, claims).value(),
                SenseAssertions.endOf(claims),
                URI.create(connection.host() + settings.path()));
    }
}
