package io.qlikbridge.consoleclients;

import io.qlikbridge.client.BridgeClient;
import io.qlikbridge.client.Clients;
import io.qlikbridge.console.ConsoleController;
import io.qlikbridge.paging.Page;
import io.qlikbridge.paging.PageQuery;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** The list of clients, and each of them. */
@ConsoleController
class ClientPagesController {

    private final Clients clients;

    ClientPagesController(Clients clients) {
        this.clients = clients;
    }

    @GetMapping(ClientsSection.PATH)
    String list(@RequestParam(required = false) @Nullable String after, Model model) {
        Page<BridgeClient> page = clients.page(new PageQuery(null, after));
        model.addAttribute("clients", page.items().stream().map(ShownClient::of).toList());
        model.addAttribute(
                "next",
                page.next() == null
                        ? null
                        : UriComponentsBuilder.fromPath(ClientsSection.PATH)
                                .queryParam("after", page.next())
                                .toUriString());
        return "console/consoleclients-list";
    }

    /** The longer address is for a client whose id is the name of the form for new ones. */
    @GetMapping({ClientsSection.PATH + "/{clientId}", ClientsSection.PATH + "/{clientId}/about"})
    String show(@PathVariable String clientId, Model model) {
        model.addAttribute("client", ShownClient.of(clients.of(clientId)));
        return "console/consoleclients-one";
    }
}
