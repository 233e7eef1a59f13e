package io.qlikbridge.consoleclients;

import io.qlikbridge.caller.Caller;
import io.qlikbridge.caller.Callers;
import io.qlikbridge.console.ConditionalOnConsole;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The client that somebody has signed in with: its session ends with its secret. */
@Component
@ConditionalOnConsole
class OwnClient {

    private final Callers callers;

    OwnClient(Callers callers) {
        this.callers = callers;
    }

    /** Empty for a person. */
    Optional<String> id() {
        return callers.present().filter(Caller.Client.class::isInstance).map(Caller::name);
    }

    boolean is(String clientId) {
        return id().filter(clientId::equals).isPresent();
    }
}
