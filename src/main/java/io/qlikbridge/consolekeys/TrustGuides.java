package io.qlikbridge.consolekeys;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.console.ConditionalOnConsole;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds out how a connection's deployment is made to trust a signing key. */
@Component
@ConditionalOnConsole
public class TrustGuides {

    private final List<TrustGuide> guides;

    TrustGuides(List<TrustGuide> guides) {
        this.guides = guides;
    }

    /** Whether the bridge signs anything on this connection, as it is set. */
    public boolean signs(Connection connection) {
        return find(connection).isPresent();
    }

    /** Empty where nothing is signed. */
    Optional<TrustGuide> find(Connection connection) {
        return guides.stream()
                .filter(guide -> guide.type().equals(connection.type()) && guide.signs(connection))
                .findFirst();
    }
}
