package io.qlikbridge.consoleconnections;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connectionadmin.ConnectionAdmin;
import io.qlikbridge.console.ConsoleController;
import io.qlikbridge.console.FormErrors;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.InvalidValue;
import io.qlikbridge.problem.PlainText;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.problem.Violation;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.JsonNode;

/** Makes a connection, shows it, and changes its settings. */
@ConsoleController
class ConnectionFormController {

    private static final String NEW = ConnectionsController.PATH + "/new";

    private final ConnectionAdmin connections;
    private final ConnectionForms forms;
    private final ConnectionPage page;

    ConnectionFormController(ConnectionAdmin connections, ConnectionForms forms, ConnectionPage page) {
        this.connections = connections;
        this.forms = forms;
        this.page = page;
    }

    @GetMapping(NEW)
    String begin(Model model) {
        model.addAttribute("form", forms.ofNew());
        return "console/consoleconnections-new";
    }

    @PostMapping(NEW)
    String make(@RequestParam Map<String, String> typed, Model model) {
        try {
            ConnectionId id = make(typed);
            return "redirect:" + ConnectionsController.PATH + "/" + id + "?done=connections-made";
        } catch (BridgeException refusal) {
            model.addAttribute("errors", errors(refusal, typed));
            model.addAttribute("form", forms.of(typed));
            return "console/consoleconnections-new";
        }
    }

    @GetMapping(ConnectionsController.PATH + "/{id}")
    ModelAndView show(@PathVariable ConnectionId id) {
        return page.show(id);
    }

    @PostMapping(ConnectionsController.PATH + "/{id}")
    ModelAndView change(@PathVariable ConnectionId id, @RequestParam Map<String, String> typed) {
        try {
            connections.change(id, seen(typed), forms.body(typed));
            return ConnectionPage.done(id, "connections-saved", SettingsPanel.ID);
        } catch (BridgeException refusal) {
            Map<String, String> again = new HashMap<>(typed);
            if (refusal.code() == ProblemCode.CONFLICT) {
                // whoever has been told may go on
                again.put(ConnectionForms.SEEN, connections.of(id).updatedAt().toString());
            }
            return page.refused(id, SettingsPanel.ID, errors(refusal, typed), forms.of(again));
        }
    }

    private ConnectionId make(Map<String, String> typed) {
        Map<String, JsonNode> body = forms.body(typed);
        ConnectionId id;
        try {
            id = named(typed.getOrDefault(ConnectionForms.NAME, ""));
        } catch (InvalidValue refusal) {
            List<Violation> faults = new ArrayList<>();
            faults.add(new Violation(Violation.pointer(ConnectionForms.NAME), String.valueOf(refusal.getMessage())));
            faults.addAll(connections.faults(body));
            throw BridgeException.invalid(faults);
        }
        try {
            connections.make(id, body);
        } catch (BridgeException refusal) {
            throw refusal.code() == ProblemCode.CONFLICT
                    ? BridgeException.invalid(Violation.pointer(ConnectionForms.NAME), refusal.detail())
                    : refusal;
        }
        return id;
    }

    /** Of a name as people write one: {@code Main tenant} is {@code main-tenant}. */
    private static ConnectionId named(String typed) {
        String name = PlainText.trim(typed).toLowerCase(Locale.ROOT).replaceAll("[\\s_]+", "-");
        if (name.isEmpty()) {
            throw new InvalidValue("is required");
        }
        if (name.equals("new")) {
            throw new InvalidValue("is another one than new, which is the address of this page");
        }
        return new ConnectionId(name);
    }

    private FormErrors errors(BridgeException refusal, Map<String, String> typed) {
        return FormErrors.of(refusal).renamed(forms.names(typed));
    }

    private static Instant seen(Map<String, String> typed) {
        try {
            return Instant.parse(typed.getOrDefault(ConnectionForms.SEEN, ""));
        } catch (DateTimeException never) {
            return Instant.EPOCH;
        }
    }
}
