package io.qlikbridge.issuing;

import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import io.qlikbridge.simulator.Faults;
import java.time.Duration;
import java.util.Optional;

/** A way in which a call to a tenant goes wrong. */
enum Trouble {
    CONNECTION_REFUSED(false),
    RESET_BEFORE_IT_ACTED(false),
    RESET_AFTER_IT_ACTED(true),
    SILENCE_AND_NEVER_ACTED(false),
    SILENCE_AFTER_IT_ACTED(true),
    /** It acts when its caller has given up, and before anybody looks. */
    ACTED_LATE(false),
    /** It acts when its caller has given up, and the next one has looked and found nothing. */
    ACTED_AFTER_THE_NEXT_LOOK(false),
    STATUS_401(false),
    STATUS_403(false),
    STATUS_429(false),
    STATUS_500(false),
    STATUS_503(false),
    /** A proxy gave up waiting for a tenant that went on. */
    STATUS_504_AFTER_IT_ACTED(true),
    HTML(false),
    HTML_AFTER_IT_ACTED(true),
    TRUNCATED_JSON(true),
    BROKEN_OFF_AFTER_IT_ACTED(true),
    REDIRECT(false);

    /** Longer than the time-out that the tests set, with a margin for a busy machine. */
    private static final Duration SILENCE = Duration.ofSeconds(8);

    private final boolean acted;

    Trouble(boolean acted) {
        this.acted = acted;
    }

    /** Whether the tenant has acted by the time its caller is told. */
    boolean acted() {
        return acted;
    }

    boolean actsLate() {
        return this == ACTED_LATE || this == ACTED_AFTER_THE_NEXT_LOOK;
    }

    /** Whether its caller gives up waiting. */
    boolean isSilence() {
        return actsLate() || this == SILENCE_AND_NEVER_ACTED || this == SILENCE_AFTER_IT_ACTED;
    }

    /** The answer in the tenant's place, for those where it does not act. */
    Optional<ResponseDefinition> instead() {
        return switch (this) {
            case RESET_BEFORE_IT_ACTED -> Optional.of(Faults.reset());
            case SILENCE_AND_NEVER_ACTED -> Optional.of(Faults.late(Faults.empty(503), SILENCE));
            case STATUS_401 -> Optional.of(Faults.error(401, "INJECTED-1", "Who are you?"));
            case STATUS_403 -> Optional.of(Faults.error(403, "INJECTED-3", "Not for you."));
            case STATUS_429 -> Optional.of(Faults.tooManyRequests(1));
            case STATUS_500 -> Optional.of(Faults.error(500, "INJECTED-500", "Trouble of its own."));
            case STATUS_503 -> Optional.of(Faults.html(503));
            case HTML -> Optional.of(Faults.html(200));
            case REDIRECT -> Optional.of(Faults.redirect(302, "https://elsewhere.example.org/"));
            default -> Optional.empty();
        };
    }

    /** What becomes of the answer of a tenant that has acted. */
    ResponseDefinition spoil(ResponseDefinition answer) {
        return switch (this) {
            case RESET_AFTER_IT_ACTED -> Faults.reset();
            case SILENCE_AFTER_IT_ACTED -> Faults.late(answer, SILENCE);
            case STATUS_504_AFTER_IT_ACTED -> Faults.html(504);
            case HTML_AFTER_IT_ACTED -> Faults.html(200);
            case TRUNCATED_JSON -> Faults.truncated(answer);
            case BROKEN_OFF_AFTER_IT_ACTED -> Faults.brokenOff();
            default -> answer;
        };
    }
}
