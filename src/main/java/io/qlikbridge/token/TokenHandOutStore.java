package io.qlikbridge.token;

import io.qlikbridge.caller.Caller;
import io.qlikbridge.client.PresentClients;
import io.qlikbridge.lease.HandOuts;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps what is handed to whom: the audit's row, and of a client which lease it was, in one transaction. */
@Component
class TokenHandOutStore {

    private final PresentClients clients;
    private final HandOuts handOuts;
    private final ApplicationEventPublisher events;

    TokenHandOutStore(PresentClients clients, HandOuts handOuts, ApplicationEventPublisher events) {
        this.clients = clients;
        this.handOuts = handOuts;
        this.events = events;
    }

    /**
     * To be called before the answer is given. A client that is deleted by then is given nothing: what ends all that it was
     * handed would not know of this.
     */
    @Transactional
    public void handOut(Caller caller, TokenHandedOut token) {
        if (caller instanceof Caller.Client client) {
            clients.hold(client.name());
            UUID lease = token.lease();
            if (lease != null) {
                handOuts.note(client.name(), lease);
            }
        }
        events.publishEvent(token);
    }
}
