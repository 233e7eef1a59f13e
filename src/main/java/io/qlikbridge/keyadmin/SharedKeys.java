package io.qlikbridge.keyadmin;

import io.qlikbridge.signing.SigningKeyStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells at start which connections sign with the same key: what is signed for one tenant could be used at the other. */
@Component
class SharedKeys {

    private static final Logger log = LoggerFactory.getLogger(SharedKeys.class);

    private final SigningKeyStore store;

    SharedKeys(SigningKeyStore store) {
        this.store = store;
    }

    @EventListener(ApplicationReadyEvent.class)
    void tell() {
        store.connectionsOfSharedKeys()
                .forEach(connections -> log.warn(
                        "The connections {} have the same signing key: what is signed for the tenant of one could be used at"
                                + " the tenant of another. Give each a key of its own",
                        connections));
    }
}
