package io.qlikbridge.consoleconnections;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.connectionadmin.ConnectionAdmin;
import io.qlikbridge.console.ConsoleController;
import io.qlikbridge.console.FormErrors;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Deletes a connection, after it has told what goes with it and what stays. */
@ConsoleController
class ConnectionDeletionController {

    private static final String PATH = ConnectionsController.PATH + "/{id}/delete";

    /** What the list shows once, of the connection that was just deleted: a line each. */
    static final String REMAINS = "connections.remains";

    private final Connections connections;
    private final ConnectionAdmin admin;

    ConnectionDeletionController(Connections connections, ConnectionAdmin admin) {
        this.connections = connections;
        this.admin = admin;
    }

    @GetMapping(PATH)
    String ask(@PathVariable ConnectionId id, Model model) {
        model.addAttribute("connection", connections.of(id));
        model.addAttribute("inUse", connections.inUse(id));
        model.addAttribute("remains", lines(admin.remains(id)));
        return "console/consoleconnections-delete";
    }

    @PostMapping(PATH)
    String delete(
            @PathVariable ConnectionId id,
            @RequestParam(defaultValue = "false") boolean revoke,
            Model model,
            HttpSession session) {
        try {
            session.setAttribute(REMAINS, String.join("\n", lines(admin.delete(id, revoke))));
            return "redirect:" + ConnectionsController.PATH + "?done=connections-deleted";
        } catch (BridgeException refusal) {
            model.addAttribute("errors", FormErrors.of(refusal));
            model.addAttribute("inUseMeanwhile", refusal.code() == ProblemCode.CONFLICT);
            return ask(id, model);
        }
    }

    private static List<String> lines(Map<URI, String> remains) {
        return remains.entrySet().stream()
                .map(one -> one.getValue() + " (" + one.getKey() + ")")
                .toList();
    }
}
