package io.qlikbridge.consolesession;

import io.qlikbridge.caller.Caller;
import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.console.ConsoleProperties;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Begins and ends sessions. There is none before somebody has signed in, so that no stranger fills the database with them. */
@Component
@ConditionalOnConsole
public class ConsoleSessions {

    private static final String SIGNED_IN = "signed-in";

    private final SessionCallers callers;
    private final JsonMapper json;
    private final Duration lifetime;
    private final Clock clock;

    ConsoleSessions(SessionCallers callers, JsonMapper json, ConsoleProperties properties, Clock clock) {
        this.clock = clock;
        this.callers = callers;
        this.json = json;
        this.lifetime = properties.sessionLifetime();
    }

    /**
     * Begins a session of a client whose secret was right; a former one of the same browser ends.
     *
     * @param row of the client
     */
    public void begin(HttpServletRequest request, String row) {
        begin(request, callers.signedIn(row));
    }

    /**
     * Whether a person may have a session, now and at each request.
     *
     * @throws BridgeException {@code forbidden} when the user of that name is another person; {@code user-disabled}
     */
    public void require(Caller.Person person) {
        callers.require(person.username(), person.identity());
    }

    /** Begins a session of a person for whom an issuer vouches; a former one of the same browser ends. */
    public void begin(HttpServletRequest request, Caller.Person person) {
        begin(request, callers.signedIn(person));
    }

    private void begin(HttpServletRequest request, SignedIn signedIn) {
        end(request);
        request.getSession(true).setAttribute(SIGNED_IN, json.writeValueAsString(signedIn));
    }

    /** Keeps a text with the session, which ends with it. It is read by whoever reads the database. */
    public void keep(HttpServletRequest request, String name, String value) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.setAttribute(name, value);
        }
    }

    public Optional<String> kept(HttpServletRequest request, String name) {
        HttpSession session = request.getSession(false);
        return session != null && session.getAttribute(name) instanceof String value
                ? Optional.of(value)
                : Optional.empty();
    }

    /** On all replicas. */
    public void end(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }

    /**
     * Who has signed in, as they are now; empty where nobody has, the session is over, they may not administer the bridge any more, or the
     * user of the person's name is another person by now.
     */
    Optional<SessionCallers.Present> present(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null || !(session.getAttribute(SIGNED_IN) instanceof String text)) {
            return Optional.empty();
        }
        Optional<SessionCallers.Present> present = read(text)
                .filter(signedIn -> clock.instant().isBefore(signedIn.at().plus(lifetime)))
                .flatMap(this::present);
        if (present.isEmpty()) {
            session.invalidate();
        }
        return present;
    }

    private Optional<SessionCallers.Present> present(SignedIn signedIn) {
        try {
            return callers.present(signedIn);
        } catch (BridgeException refused) {
            if (refused.code().kind() != ProblemCode.Kind.FORBIDDEN) {
                throw refused;
            }
            return Optional.empty();
        }
    }

    /** Another version may have written it. */
    private Optional<SignedIn> read(String text) {
        try {
            return Optional.of(json.readValue(text, SignedIn.class));
        } catch (JacksonException ofAnotherVersion) {
            return Optional.empty();
        }
    }
}
