package io.qlikbridge.consoleclients;

import io.qlikbridge.client.ClientLeases;
import io.qlikbridge.client.Clients;
import io.qlikbridge.client.PresentClients;
import io.qlikbridge.console.ConsoleController;
import io.qlikbridge.console.FormErrors;
import io.qlikbridge.problem.BridgeException;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Renews the secret of a client, or deletes it, once it was asked whether. The form to renew says which secret it was made for, so that
 * sent again it renews nothing.
 */
@ConsoleController
@RequestMapping(ClientsSection.PATH + "/{clientId}")
class ClientActsController {

    private final Clients clients;
    private final PresentClients secrets;
    private final ClientLeases leases;
    private final SecretPage secretPage;
    private final OwnClient own;

    ClientActsController(
            Clients clients, PresentClients secrets, ClientLeases leases, SecretPage secretPage, OwnClient own) {
        this.clients = clients;
        this.secrets = secrets;
        this.leases = leases;
        this.secretPage = secretPage;
        this.own = own;
    }

    @GetMapping("/secret")
    String askToRenew(@PathVariable String clientId, Model model) {
        return ask("secret", clientId, false, model);
    }

    @PostMapping("/secret")
    String renew(
            @PathVariable String clientId,
            @RequestParam(defaultValue = "") String mark,
            @RequestParam(defaultValue = "false") boolean revoke,
            Model model,
            HttpServletResponse response) {
        try {
            return secretPage.show(clients.renewSecret(clientId, revoke, mark), model, response);
        } catch (BridgeException refusal) {
            model.addAttribute("errors", FormErrors.of(refusal));
            return ask("secret", clientId, revoke, model);
        }
    }

    @GetMapping("/delete")
    String askToDelete(@PathVariable String clientId, Model model) {
        return ask("delete", clientId, false, model);
    }

    @PostMapping("/delete")
    String delete(@PathVariable String clientId, @RequestParam(defaultValue = "false") boolean revoke, Model model) {
        try {
            clients.delete(clientId, revoke);
            return "redirect:" + ClientsSection.PATH + "?done=clients-deleted";
        } catch (BridgeException refusal) {
            model.addAttribute("errors", FormErrors.of(refusal));
            return ask("delete", clientId, revoke, model);
        }
    }

    /** A client that is gone is {@code client-not-found} here. */
    private String ask(String act, String clientId, boolean revoke, Model model) {
        model.addAttribute("client", ShownClient.of(clients.of(clientId)));
        model.addAttribute("act", act);
        model.addAttribute("mark", secrets.secretMark(clientId).orElse(""));
        model.addAttribute("handed", leases.handedTo(clientId));
        model.addAttribute("revoke", revoke);
        model.addAttribute("own", own.is(clientId));
        return "console/consoleclients-ask";
    }
}
