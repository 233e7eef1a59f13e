package io.qlikbridge.signing;

import io.qlikbridge.connection.ConnectionId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/**
 * Until when the tenant can trust a signing key.
 *
 * @param id of the key
 * @param notAfter the last instant at which the certificate is valid
 */
public record CertificateTerm(UUID id, ConnectionId connection, String kid, KeyState state, Instant notAfter) {

    private static final long SECONDS_A_DAY = Duration.ofDays(1).toSeconds();

    private static final String ROTATE = "stage another key, give its certificate to a second identity provider at the"
            + " tenant, test it and activate it.";

    public static CertificateTerm of(SigningKey key) {
        return new CertificateTerm(key.id(), key.connection(), key.kid(), key.state(), key.notAfter());
    }

    public Duration left(Instant now) {
        return Duration.between(now, notAfter);
    }

    /** Whole days, rounded down: 0 on the last one, negative when it has ended. */
    long daysLeft(Instant now) {
        return Math.floorDiv(left(now).toSeconds(), SECONDS_A_DAY);
    }

    /** What an admin is told while the certificate is near its end; empty before. */
    public Optional<String> warning(Instant now) {
        return CertificateAlarm.at(left(now)).map(alarm -> end(alarm, now) + " " + advice(alarm));
    }

    private String end(CertificateAlarm alarm, Instant now) {
        LocalDate date = notAfter.atOffset(ZoneOffset.UTC).toLocalDate();
        return "The certificate of the " + state.slug() + " signing key " + kid + " of the connection " + connection
                + (alarm == CertificateAlarm.ENDED ? " ended on " + date : " ends in " + days(now) + ", on " + date)
                + ".";
    }

    private String days(Instant now) {
        long days = daysLeft(now);
        if (days == 0) {
            return "less than a day";
        }
        return days == 1 ? "1 day" : days + " days";
    }

    private String advice(CertificateAlarm alarm) {
        if (state != KeyState.ACTIVE) {
            return "Activate another one in its place, or delete it and stage a new one.";
        }
        return switch (alarm) {
            case SOON -> "Plan its rotation: " + ROTATE;
            case NEAR -> "Rotate it now: " + ROTATE;
            case URGENT -> "Rotate it at once, or the tenant may refuse every sign-in from then on: " + ROTATE;
            case ENDED -> "The tenant may refuse every sign-in. Rotate it at once: " + ROTATE;
        };
    }
}
