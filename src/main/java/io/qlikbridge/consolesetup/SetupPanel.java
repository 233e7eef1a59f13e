package io.qlikbridge.consolesetup;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.SigningKeyView;
import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.consoleconnections.ConnectionPanel;
import io.qlikbridge.consoleconnections.ConnectionTask;
import io.qlikbridge.consoleconnections.ConnectionTask.State;
import io.qlikbridge.consolekeys.TrustGuides;
import io.qlikbridge.keyadmin.ManagedSigningKeys;
import io.qlikbridge.tenantsetup.RequestedSetups;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Has the bridge make at a tenant what a connection needs there. */
@Component
@ConditionalOnConsole
class SetupPanel implements ConnectionPanel {

    static final String ID = "tenant-setup";

    private static final String LABEL = "setup.title";
    private static final int MOST_KEYS = 200;

    private final RequestedSetups setups;
    private final TrustGuides guides;
    private final ManagedSigningKeys keys;

    SetupPanel(RequestedSetups setups, TrustGuides guides, ManagedSigningKeys keys) {
        this.setups = setups;
        this.guides = guides;
        this.keys = keys;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int order() {
        return 300;
    }

    @Override
    public String template() {
        return "console/consolesetup-panel :: panel";
    }

    @Override
    public boolean shownFor(Connection connection) {
        return setups.isOffered(connection) && guides.signs(connection);
    }

    @Override
    public Object view(Connection connection) {
        List<SigningKeyView> all = all(connection);
        return new View(
                all.stream().anyMatch(SigningKeyView::signs),
                all.stream()
                        .filter(key -> !key.signs())
                        .map(SigningKeyView::kid)
                        .toList());
    }

    /** Whatever it makes can be made by hand as well. */
    @Override
    public Optional<ConnectionTask> task(Connection connection) {
        boolean trusted = all(connection).stream()
                .filter(SigningKeyView::signs)
                .anyMatch(key -> keys.wasAccepted(connection, key.kid()));
        return Optional.of(
                trusted
                        ? new ConnectionTask(LABEL, ID, State.DONE, "setup.task.done")
                        : new ConnectionTask(LABEL, ID, State.OPTIONAL, "setup.task.open"));
    }

    private List<SigningKeyView> all(Connection connection) {
        return keys.first(connection.id(), MOST_KEYS);
    }

    /**
     * What the panel shows.
     *
     * @param ready whether there is a key that signs
     * @param keys the ids of the others
     */
    record View(boolean ready, List<String> keys) {}

    /** What was typed and refused, without what is secret. */
    record Typed(String clientId, String kid) {}
}
