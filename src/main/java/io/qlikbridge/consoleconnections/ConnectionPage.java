package io.qlikbridge.consoleconnections;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.connectionadmin.ConnectionAdmin;
import io.qlikbridge.connectionadmin.ConnectionAnswer;
import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.console.FormErrors;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** Composes a connection's page of the panels that there are. */
@Component
@ConditionalOnConsole
public class ConnectionPage {

    private final Connections connections;
    private final ConnectionAdmin admin;
    private final ConnectionForms forms;
    private final ObjectProvider<ConnectionPanel> panels;

    ConnectionPage(
            Connections connections,
            ConnectionAdmin admin,
            ConnectionForms forms,
            ObjectProvider<ConnectionPanel> panels) {
        this.connections = connections;
        this.admin = admin;
        this.forms = forms;
        this.panels = panels;
    }

    /** The page, or {@code connection-not-found}. */
    public ModelAndView show(ConnectionId id) {
        return page(connections.of(id), UnaryOperator.identity());
    }

    /**
     * The page again, with what was wrong in one of its panels.
     *
     * @param panel the id of that panel
     * @param typed what the panel shows in its fields again, as {@code panel.typed}; never a secret
     */
    public ModelAndView refused(ConnectionId id, String panel, FormErrors errors, @Nullable Object typed) {
        Connection connection = connections.of(id);
        ModelAndView page = page(
                        connection, section -> section.id().equals(panel) ? section.refused(errors, typed) : section)
                .addObject("errors", errors);
        boolean said = shown(connection).stream().anyMatch(one -> one.id().equals(panel));
        return said ? page : page.addObject("stray", errors);
    }

    /**
     * Leads to the page again after something was done.
     *
     * @param key of what is said about it, without {@code done.}
     * @param anchor where the page is looked at
     */
    public static ModelAndView done(ConnectionId id, String key, String anchor) {
        return new ModelAndView("redirect:" + ConnectionsController.PATH + "/" + id + "?done=" + key + "#" + anchor);
    }

    private ModelAndView page(Connection connection, UnaryOperator<ConnectionSection> change) {
        List<ConnectionPanel> shown = shown(connection);
        ConnectionAnswer answer = admin.shown(connection);
        return new ModelAndView("console/consoleconnections-page")
                .addObject("connection", connection)
                .addObject("shown", answer)
                .addObject("product", forms.product(connection.type()))
                .addObject("facts", forms.facts(answer))
                .addObject("tasks", tasks(shown, connection))
                .addObject(
                        "sections",
                        shown.stream()
                                .map(panel -> change.apply(ConnectionSection.of(panel, connection)))
                                .toList());
    }

    /** What there is to do on a connection, in the order of its page. */
    List<ConnectionTask> tasks(Connection connection) {
        return tasks(shown(connection), connection);
    }

    private List<ConnectionPanel> shown(Connection connection) {
        return panels.stream()
                .filter(panel -> panel.shownFor(connection))
                .sorted(Comparator.comparingInt(ConnectionPanel::order))
                .toList();
    }

    private static List<ConnectionTask> tasks(List<ConnectionPanel> panels, Connection connection) {
        return panels.stream()
                .map(panel -> panel.task(connection))
                .flatMap(Optional::stream)
                .toList();
    }
}
