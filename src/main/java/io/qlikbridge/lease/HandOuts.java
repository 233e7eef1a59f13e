package io.qlikbridge.lease;

import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Remembers which client was handed which lease, so that all of them can be ended together. */
@Component
public class HandOuts {

    private final HandOutStore store;
    private final Clock clock;

    HandOuts(HandOutStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Notes, inside the caller's transaction, that the client is about to have the lease's token. */
    public void note(String clientId, UUID lease) {
        store.add(clientId, lease, clock.instant());
    }
}
