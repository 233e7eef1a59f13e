package io.qlikbridge.consoleclients;

import io.qlikbridge.client.Clients;
import io.qlikbridge.client.Scope;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.console.ConsoleController;
import io.qlikbridge.problem.BridgeException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Makes clients. The secret is in the answer to the form; sent again, the form is refused: there is such a client by then. */
@ConsoleController
@RequestMapping(NewClientController.PATH)
class NewClientController {

    static final String PATH = ClientsSection.PATH + "/new";

    private final Clients clients;
    private final Connections connections;
    private final ClientRefusals refusals;
    private final SecretPage secrets;

    NewClientController(Clients clients, Connections connections, ClientRefusals refusals, SecretPage secrets) {
        this.clients = clients;
        this.connections = connections;
        this.refusals = refusals;
        this.secrets = secrets;
    }

    @GetMapping
    String form(Model model) {
        return form(ClientForm.EMPTY, model);
    }

    @PostMapping
    String add(@RequestParam MultiValueMap<String, String> typed, Model model, HttpServletResponse response) {
        ClientForm form = ClientForm.of(typed);
        try {
            return secrets.show(clients.add(form.wanted()), model, response);
        } catch (BridgeException refusal) {
            model.addAttribute("errors", refusals.of(refusal, form));
            return form(form, model);
        }
    }

    private String form(ClientForm form, Model model) {
        Set<String> ids = new LinkedHashSet<>();
        connections.ids().stream().sorted().map(ConnectionId::value).forEach(ids::add);
        // one that was chosen and is gone stays in sight
        form.connections().stream().filter(id -> !id.equals(ClientForm.ALL)).forEach(ids::add);
        model.addAttribute("form", form);
        model.addAttribute(
                "scopes", Arrays.stream(Scope.values()).map(Scope::value).toList());
        model.addAttribute("connections", ids);
        return "console/consoleclients-new";
    }
}
