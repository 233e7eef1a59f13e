package io.qlikbridge.consolesense;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.consoleconnections.ConnectionPanel;
import io.qlikbridge.consoleconnections.ConnectionTask;
import io.qlikbridge.consoleconnections.ConnectionTask.State;
import io.qlikbridge.sitecertificate.SiteCertificatesView;
import io.qlikbridge.sitecertificateadmin.SiteCertificateAdmin;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The certificates of a site. */
@Component
@ConditionalOnConsole
class SiteCertificatesPanel implements ConnectionPanel {

    static final String ID = "certificates";

    private final SiteCertificateAdmin certificates;

    SiteCertificatesPanel(SiteCertificateAdmin certificates) {
        this.certificates = certificates;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int order() {
        return 150;
    }

    @Override
    public String template() {
        return "console/consolesense-certificates :: panel";
    }

    @Override
    public boolean shownFor(Connection connection) {
        return certificates.has(connection);
    }

    @Override
    public Object view(Connection connection) {
        return new View(
                certificates.find(connection.id()).orElse(null),
                certificates.needsClient(connection),
                certificates.warnings(connection.id()));
    }

    @Override
    public Optional<ConnectionTask> task(Connection connection) {
        boolean needsClient = certificates.needsClient(connection);
        SiteCertificatesView kept = certificates.find(connection.id()).orElse(null);
        if (kept != null && (kept.client() != null || !needsClient)) {
            return Optional.of(task(State.DONE, "sense.certificates.done"));
        }
        return Optional.of(
                needsClient
                        ? task(State.OPEN, "sense.certificates.open")
                        : task(State.OPTIONAL, "sense.certificates.optional"));
    }

    private static ConnectionTask task(State state, String sentence) {
        return new ConnectionTask("sense.certificates.title", ID, state, sentence);
    }

    /**
     * What is shown of them.
     *
     * @param needsClient whether the root alone is not enough
     * @param warnings a sentence for each that comes near its end
     */
    record View(@Nullable SiteCertificatesView certificates, boolean needsClient, List<String> warnings) {}
}
