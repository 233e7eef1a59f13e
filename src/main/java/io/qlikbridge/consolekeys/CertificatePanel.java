package io.qlikbridge.consolekeys;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.SigningKeyView;
import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.consoleconnections.ConnectionPanel;
import io.qlikbridge.consoleconnections.ConnectionTask;
import io.qlikbridge.consoleconnections.ConnectionTask.State;
import io.qlikbridge.keyadmin.ManagedSigningKeys;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Shows the certificates that the deployment has to trust, with what to type beside them. */
@Component
@ConditionalOnConsole
class CertificatePanel implements ConnectionPanel {

    private static final String ID = "certificate";
    private static final String LABEL = "keys.certificate.title";

    private final ManagedSigningKeys keys;
    private final TrustGuides guides;

    CertificatePanel(ManagedSigningKeys keys, TrustGuides guides) {
        this.keys = keys;
        this.guides = guides;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int order() {
        return 200;
    }

    @Override
    public String template() {
        return "console/consolekeys-panels :: certificate";
    }

    @Override
    public boolean shownFor(Connection connection) {
        return guides.signs(connection);
    }

    @Override
    public Object view(Connection connection) {
        TrustGuide guide = guides.find(connection).orElseThrow();
        return new View(
                guide.steps(connection),
                inUse(connection).map(key -> of(key, connection, guide)).toList());
    }

    private Shown of(SigningKeyView key, Connection connection, TrustGuide guide) {
        return new Shown(
                key,
                keys.certificate(connection.id(), key.kid()),
                guide.values(connection, key.kid()),
                keys.wasAccepted(connection, key.kid()));
    }

    /** The active one first, then those that may follow it. */
    private Stream<SigningKeyView> inUse(Connection connection) {
        return keys.first(connection.id(), KeyPanel.MOST_SHOWN).stream()
                .filter(key -> !key.state().equals("retired"))
                .sorted(Comparator.comparing(SigningKeyView::signs)
                        .reversed()
                        .thenComparing(SigningKeyView::createdAt));
    }

    @Override
    public Optional<ConnectionTask> task(Connection connection) {
        Optional<SigningKeyView> active =
                inUse(connection).filter(SigningKeyView::signs).findFirst();
        if (active.isEmpty()) {
            return Optional.of(new ConnectionTask(LABEL, ID, State.OPEN, "keys.certificate.task.no-key"));
        }
        String kid = active.get().kid();
        return Optional.of(
                keys.wasAccepted(connection, kid)
                        ? new ConnectionTask(LABEL, ID, State.DONE, "keys.certificate.task.accepted", List.of(kid))
                        : new ConnectionTask(LABEL, ID, State.OPEN, "keys.certificate.task.unknown", List.of(kid)));
    }

    /**
     * What the panel shows.
     *
     * @param steps the messages that say what to do
     */
    record View(List<String> steps, List<Shown> certificates) {}

    /**
     * A key's certificate.
     *
     * @param pem as it is to be pasted
     * @param values what to type beside it
     * @param accepted whether the deployment is known to trust it
     */
    record Shown(SigningKeyView key, String pem, List<TrustGuide.Typed> values, boolean accepted) {}
}
