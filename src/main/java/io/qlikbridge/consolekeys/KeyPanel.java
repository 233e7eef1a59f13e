package io.qlikbridge.consolekeys;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.SigningKeyView;
import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.consoleconnections.ConnectionPanel;
import io.qlikbridge.consoleconnections.ConnectionTask;
import io.qlikbridge.consoleconnections.ConnectionTask.State;
import io.qlikbridge.keyadmin.ManagedSigningKeys;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lists a connection's signing keys, and takes others. */
@Component
@ConditionalOnConsole
class KeyPanel implements ConnectionPanel {

    static final String ID = "signing-keys";

    /** More than anybody keeps; further ones are to be had by the API. */
    static final int MOST_SHOWN = 200;

    private static final String LABEL = "keys.title";

    private final ManagedSigningKeys keys;
    private final TrustGuides guides;

    KeyPanel(ManagedSigningKeys keys, TrustGuides guides) {
        this.keys = keys;
        this.guides = guides;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int order() {
        return 100;
    }

    @Override
    public String template() {
        return "console/consolekeys-panels :: keys";
    }

    @Override
    public boolean shownFor(Connection connection) {
        return guides.signs(connection);
    }

    @Override
    public Object view(Connection connection) {
        return new View(keys.first(connection.id(), MOST_SHOWN).stream()
                .map(key -> new Line(key, doubts(connection, key)))
                .toList());
    }

    private List<String> doubts(Connection connection, SigningKeyView key) {
        return key.state().equals("staged") ? keys.doubts(connection.id(), key.kid()) : List.of();
    }

    @Override
    public Optional<ConnectionTask> task(Connection connection) {
        List<SigningKeyView> all = keys.first(connection.id(), MOST_SHOWN);
        return Optional.of(all.stream()
                .filter(SigningKeyView::signs)
                .findFirst()
                .map(key -> new ConnectionTask(LABEL, ID, State.DONE, "keys.task.active", List.of(key.kid())))
                .orElseGet(() -> new ConnectionTask(
                        LABEL, ID, State.OPEN, all.isEmpty() ? "keys.task.none" : "keys.task.inactive")));
    }

    /** What the panel shows. */
    record View(List<Line> lines) {}

    /**
     * A key.
     *
     * @param doubts what speaks against activating it
     */
    record Line(SigningKeyView key, List<String> doubts) {}

    /**
     * What was typed and refused.
     *
     * @param name of a key to be made
     * @param kid of a key that was uploaded
     * @param another whether another connection has the same key
     */
    record Typed(@Nullable String name, @Nullable String kid, boolean another) {}
}
