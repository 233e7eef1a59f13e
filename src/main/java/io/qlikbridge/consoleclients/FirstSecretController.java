package io.qlikbridge.consoleclients;

import io.qlikbridge.client.BridgeClient;
import io.qlikbridge.client.Clients;
import io.qlikbridge.client.PresentClients;
import io.qlikbridge.console.ConsoleController;
import io.qlikbridge.console.FormErrors;
import io.qlikbridge.problem.BridgeException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Has whoever came with the secret of the first start renew it, which is all that it is good for. */
@ConsoleController
@RequestMapping("/console/first-secret")
class FirstSecretController {

    private static final String ELSEWHERE = "redirect:/console/overview";

    private final Clients clients;
    private final PresentClients secrets;
    private final SecretPage secretPage;
    private final OwnClient own;

    FirstSecretController(Clients clients, PresentClients secrets, SecretPage secretPage, OwnClient own) {
        this.clients = clients;
        this.secrets = secrets;
        this.secretPage = secretPage;
        this.own = own;
    }

    @GetMapping
    String ask(Model model) {
        return concerned().map(client -> ask(client, model)).orElse(ELSEWHERE);
    }

    @PostMapping
    String renew(@RequestParam(defaultValue = "") String mark, Model model, HttpServletResponse response) {
        BridgeClient client = concerned().orElse(null);
        if (client == null) {
            return ELSEWHERE;
        }
        try {
            return secretPage.show(clients.renewSecret(client.clientId(), false, mark), model, response);
        } catch (BridgeException refusal) {
            model.addAttribute("errors", FormErrors.of(refusal));
            return ask(client, model);
        }
    }

    private Optional<BridgeClient> concerned() {
        return own.id().map(clients::of).filter(BridgeClient::firstSecret);
    }

    private String ask(BridgeClient client, Model model) {
        model.addAttribute("client", ShownClient.of(client));
        model.addAttribute("mark", secrets.secretMark(client.clientId()).orElse(""));
        return "console/consoleclients-first-secret";
    }
}
