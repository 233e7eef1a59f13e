package io.qlikbridge.consolecloud;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.console.ConsoleController;
import io.qlikbridge.console.FormErrors;
import io.qlikbridge.consoleconnections.ConnectionPage;
import io.qlikbridge.oauthclientadmin.OAuthClientAdmin;
import io.qlikbridge.oauthclientadmin.OAuthClientRequest;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.PlainText;
import io.qlikbridge.problem.ProblemCode;
import java.util.Map;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Takes the OAuth client of a connection from its panel. */
@ConsoleController
class OAuthClientFormController {

    private static final String PATH = "/console/connections/{id}/oauth-client";

    private static final String CLIENT_ID = "oauth.clientId";
    private static final String SECRET = "oauth.clientSecret";
    private static final String AUTHENTICATION = "oauth.authentication";
    private static final Map<String, String> NAMES = Map.of("clientId", CLIENT_ID, "clientSecret", SECRET);

    private final OAuthClientAdmin clients;
    private final ConnectionPage page;

    OAuthClientFormController(OAuthClientAdmin clients, ConnectionPage page) {
        this.clients = clients;
        this.page = page;
    }

    @PostMapping(PATH)
    ModelAndView put(
            @PathVariable ConnectionId id,
            @RequestParam(name = CLIENT_ID, defaultValue = "") String clientId,
            @RequestParam(name = SECRET, defaultValue = "") String secret,
            @RequestParam(name = AUTHENTICATION, defaultValue = "") String authentication) {
        boolean byKey = authentication.equals("private-key-jwt");
        try {
            clients.put(id, new OAuthClientRequest(PlainText.trim(clientId), byKey ? null : PlainText.trim(secret)));
            return ConnectionPage.done(id, "cloud-oauth-put", OAuthClientPanel.ID);
        } catch (BridgeException refusal) {
            return refused(id, refusal, Map.of(CLIENT_ID, clientId, AUTHENTICATION, authentication));
        }
    }

    @PostMapping(PATH + "/delete")
    ModelAndView delete(@PathVariable ConnectionId id) {
        try {
            clients.delete(id);
            return ConnectionPage.done(id, "cloud-oauth-deleted", OAuthClientPanel.ID);
        } catch (BridgeException refusal) {
            return refused(id, refusal, Map.of());
        }
    }

    /** A connection that has none by its type has no panel to say so. */
    private ModelAndView refused(ConnectionId id, BridgeException refusal, Map<String, String> typed) {
        if (refusal.code() == ProblemCode.NOT_FOUND) {
            throw refusal;
        }
        return page.refused(id, OAuthClientPanel.ID, FormErrors.of(refusal).renamed(NAMES), typed);
    }
}
