package io.qlikbridge.consoleclients;

import io.qlikbridge.client.Clients;
import io.qlikbridge.console.ConditionalOnConsole;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/**
 * Shows a client's secret at the one moment it is known: in the answer to the form that made it, which nobody may keep. It is in no address,
 * no session and no other page.
 */
@Component
@ConditionalOnConsole
class SecretPage {

    private final OwnClient own;

    SecretPage(OwnClient own) {
        this.own = own;
    }

    String show(Clients.ClientWithSecret made, Model model, HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        model.addAttribute("client", ShownClient.of(made.client()));
        model.addAttribute("secret", made.secret().value());
        model.addAttribute("own", own.is(made.client().clientId()));
        return "console/consoleclients-secret";
    }
}
