package io.qlikbridge.consoleconnections;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.connectionadmin.ConnectionAdmin;
import io.qlikbridge.connectionadmin.ConnectionAnswer;
import io.qlikbridge.console.ConsoleController;
import io.qlikbridge.paging.Page;
import io.qlikbridge.paging.PageQuery;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.List;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The list of connections. */
@ConsoleController
class ConnectionsController {

    static final String PATH = "/console/connections";

    private final Connections connections;
    private final ConnectionAdmin admin;
    private final ConnectionForms forms;
    private final ConnectionPage page;

    ConnectionsController(Connections connections, ConnectionAdmin admin, ConnectionForms forms, ConnectionPage page) {
        this.connections = connections;
        this.admin = admin;
        this.forms = forms;
        this.page = page;
    }

    @GetMapping(PATH)
    String list(PageQuery query, Model model, HttpSession session) {
        Page<Connection> found = connections.page(query);
        model.addAttribute("connections", listed(found.items()));
        model.addAttribute("next", found.next());
        if (session.getAttribute(ConnectionDeletionController.REMAINS) instanceof String remains) {
            session.removeAttribute(ConnectionDeletionController.REMAINS);
            model.addAttribute("remains", remains.lines().toList());
        }
        return "console/consoleconnections-list";
    }

    private List<ListedConnection> listed(List<Connection> found) {
        List<ConnectionAnswer> answers = admin.shown(found);
        List<ListedConnection> listed = new ArrayList<>();
        for (int index = 0; index < found.size(); index++) {
            Connection connection = found.get(index);
            listed.add(
                    ListedConnection.of(answers.get(index), forms.product(connection.type()), page.tasks(connection)));
        }
        return listed;
    }
}
