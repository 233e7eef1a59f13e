package io.qlikbridge.consoletest;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.SigningKeyView;
import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.consolekeys.TrustGuides;
import io.qlikbridge.keyadmin.ManagedSigningKeys;
import java.util.List;
import org.springframework.stereotype.Component;

/** The signing keys that a connection can be tested with. */
@Component
@ConditionalOnConsole
class TestedKeys {

    private static final int MOST = 200;

    private final ManagedSigningKeys keys;
    private final TrustGuides guides;

    TestedKeys(ManagedSigningKeys keys, TrustGuides guides) {
        this.keys = keys;
        this.guides = guides;
    }

    /** The ids of those that do not sign now; none where nothing is signed. */
    List<String> others(Connection connection) {
        return guides.signs(connection)
                ? keys.first(connection.id(), MOST).stream()
                        .filter(key -> !key.signs())
                        .map(SigningKeyView::kid)
                        .toList()
                : List.of();
    }
}
