package io.qlikbridge.consoletest;

import io.qlikbridge.check.LastCheck;
import io.qlikbridge.check.LastChecks;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.consoleconnections.ConnectionPanel;
import io.qlikbridge.consoleconnections.ConnectionTask;
import io.qlikbridge.consoleconnections.ConnectionTask.State;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Begins a connection test, and tells of the last one. */
@Component
@ConditionalOnConsole
class CheckPanel implements ConnectionPanel {

    static final String ID = "test";

    private static final String LABEL = "test.title";

    private final LastChecks last;
    private final TestedKeys keys;

    CheckPanel(LastChecks last, TestedKeys keys) {
        this.last = last;
        this.keys = keys;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int order() {
        return 400;
    }

    @Override
    public String template() {
        return "console/consoletest-panel :: panel";
    }

    @Override
    public boolean shownFor(Connection connection) {
        return true;
    }

    @Override
    public Object view(Connection connection) {
        return new View(last.of(connection.id()).orElse(null), keys.others(connection));
    }

    @Override
    public Optional<ConnectionTask> task(Connection connection) {
        return Optional.of(last.withUser(connection.id())
                .map(check -> task(connection, check))
                .orElseGet(() -> open("test.task.never")));
    }

    private static ConnectionTask task(Connection connection, LastCheck check) {
        if (check.at().isBefore(connection.updatedAt())) {
            return open("test.task.changed");
        }
        return check.passed()
                ? new ConnectionTask(LABEL, ID, State.DONE, "test.task.passed", List.of(String.valueOf(check.user())))
                : open("test.task.failed", String.valueOf(check.failed()));
    }

    private static ConnectionTask open(String sentence, Object... arguments) {
        return new ConnectionTask(LABEL, ID, State.OPEN, sentence, List.of(arguments));
    }

    /**
     * What the panel shows.
     *
     * @param last the last test, of whatever kind
     * @param keys those that can be tried beside the active one
     */
    record View(@Nullable LastCheck last, List<String> keys) {}

    /**
     * What was typed and refused.
     *
     * @param user whom to try it with
     * @param kid the key to try it with; empty for the active one
     */
    record Typed(String user, String kid) {}
}
