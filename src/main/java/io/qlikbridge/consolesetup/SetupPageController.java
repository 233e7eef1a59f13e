package io.qlikbridge.consolesetup;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.console.ConsoleController;
import io.qlikbridge.console.FormErrors;
import io.qlikbridge.consoleconnections.ConnectionPage;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.tenantsetup.RequestedSetups;
import io.qlikbridge.tenantsetup.SetupReport;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Sets a tenant up from a connection's page. */
@ConsoleController
class SetupPageController {

    private final ConnectionPage page;
    private final Connections connections;
    private final RequestedSetups setups;
    private final SetupPanel panel;

    SetupPageController(ConnectionPage page, Connections connections, RequestedSetups setups, SetupPanel panel) {
        this.page = page;
        this.connections = connections;
        this.setups = setups;
        this.panel = panel;
    }

    /** A page that is shown again by a reload: what was made is found there. */
    @PostMapping("/console/connections/{id}/setup")
    ModelAndView setUp(
            @PathVariable ConnectionId id,
            @RequestParam(name = SetupForm.API_KEY, defaultValue = "") String apiKey,
            @RequestParam(name = SetupForm.CLIENT_ID, defaultValue = "") String clientId,
            @RequestParam(name = SetupForm.CLIENT_SECRET, defaultValue = "") String clientSecret,
            @RequestParam(name = SetupForm.KID, defaultValue = "") String kid,
            @RequestParam(name = "setup-dry-run", defaultValue = "true") boolean dryRun,
            HttpServletResponse response) {
        Connection connection = connections.of(id);
        SetupForm form = new SetupForm(apiKey.strip(), clientId.strip(), clientSecret.strip(), kid, dryRun);
        SetupPanel.Typed typed = new SetupPanel.Typed(form.clientId(), kid);
        SetupReport report;
        try {
            report = run(id, form);
        } catch (BridgeException refusal) {
            // a script puts the outcome below the form; what was refused takes the place of the whole panel
            response.setHeader("HX-Retarget", "#" + SetupPanel.ID);
            response.setHeader("HX-Reselect", "#" + SetupPanel.ID);
            response.setHeader("HX-Reswap", "outerHTML");
            return page.refused(id, SetupPanel.ID, FormErrors.of(refusal).renamed(SetupForm.FIELDS), typed);
        }
        Connection now = connections.of(connection.id());
        return new ModelAndView("console/consolesetup-result")
                .addObject("connection", now)
                .addObject("report", report)
                .addObject("dryRun", dryRun)
                .addObject("typed", typed)
                .addObject("view", panel.view(now));
    }

    private SetupReport run(ConnectionId id, SetupForm form) {
        if (!form.hasCredential()) {
            throw BridgeException.invalid(
                    SetupForm.API_KEY,
                    "is needed: an API key of a tenant administrator, or else an OAuth client's id and secret");
        }
        return setups.run(id, form.sent());
    }

    /** A result is not kept: whoever comes back to its address begins anew. */
    @GetMapping("/console/connections/{id}/setup")
    ModelAndView again(@PathVariable ConnectionId id) {
        return new ModelAndView("redirect:/console/connections/" + id + "#" + SetupPanel.ID);
    }
}
