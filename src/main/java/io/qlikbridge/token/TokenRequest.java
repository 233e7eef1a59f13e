package io.qlikbridge.token;

import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.username.Username;
import java.time.DateTimeException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a job asks for.
 *
 * @param user for whom; a person asks for itself
 * @param minValidity how long the token has to last, as a duration of ISO 8601
 */
record TokenRequest(@Nullable Username user, @Nullable String minValidity) {

    static final TokenRequest EMPTY = new TokenRequest(null, null);

    @Nullable
    Duration validity() {
        if (minValidity == null) {
            return null;
        }
        try {
            Duration validity = Duration.parse(minValidity);
            if (validity.isNegative()) {
                throw BridgeException.invalid("#/minValidity", "is not negative");
            }
            return validity;
        } catch (DateTimeException | ArithmeticException notADuration) {
            throw BridgeException.invalid("#/minValidity", "is a duration of ISO 8601 such as PT2H");
        }
    }
}
