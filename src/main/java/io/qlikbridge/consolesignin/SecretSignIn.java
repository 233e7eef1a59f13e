package io.qlikbridge.consolesignin;

import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.console.ConsoleProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Whether clients sign in with their secret: as the operator says, or else only while people cannot sign in at an issuer. */
@Component
@ConditionalOnConsole
class SecretSignIn {

    private final ConsoleProperties properties;
    private final ObjectProvider<SignInOffer> offers;

    SecretSignIn(ConsoleProperties properties, ObjectProvider<SignInOffer> offers) {
        this.properties = properties;
        this.offers = offers;
    }

    boolean isOffered() {
        Boolean wanted = properties.secretSignIn();
        return wanted != null
                ? wanted
                : offers.stream().allMatch(offer -> offer.ways().isEmpty());
    }
}
