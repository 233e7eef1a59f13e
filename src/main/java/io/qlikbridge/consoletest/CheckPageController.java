package io.qlikbridge.consoletest;

import io.qlikbridge.check.RequestedChecks;
import io.qlikbridge.check.RunningCheck;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.console.ConsoleController;
import io.qlikbridge.console.FormErrors;
import io.qlikbridge.consoleconnections.ConnectionPage;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.InvalidValue;
import io.qlikbridge.username.Username;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Tests a connection, and shows each result when it is known: the page is written while the steps are taken. */
@ConsoleController
class CheckPageController {

    private static final String USER = "test-user";
    private static final String KID = "test-kid";

    private final ConnectionPage page;
    private final Connections connections;
    private final RequestedChecks checks;
    private final TestedKeys keys;

    CheckPageController(ConnectionPage page, Connections connections, RequestedChecks checks, TestedKeys keys) {
        this.page = page;
        this.connections = connections;
        this.checks = checks;
        this.keys = keys;
    }

    @PostMapping("/console/connections/{id}/test")
    ModelAndView test(
            @PathVariable ConnectionId id,
            @RequestParam(name = USER, defaultValue = "") String user,
            @RequestParam(name = KID, defaultValue = "") String kid,
            HttpServletResponse response) {
        Connection connection = connections.of(id);
        RunningCheck running;
        try {
            running = checks.begin(id, username(user), kid.isEmpty() ? null : kid);
        } catch (BridgeException refusal) {
            return page.refused(id, CheckPanel.ID, errors(refusal), new CheckPanel.Typed(user, kid));
        }
        // a proxy in between is not to wait for the whole of it
        response.setHeader("X-Accel-Buffering", "no");
        return new ModelAndView("console/consoletest-result")
                .addObject("connection", connection)
                .addObject("checks", new ShownChecks(running, response))
                .addObject("user", user.strip())
                .addObject("kid", kid)
                .addObject("keys", keys.others(connection));
    }

    /** A result is not kept: whoever comes back to its address begins anew. */
    @GetMapping("/console/connections/{id}/test")
    ModelAndView again(@PathVariable ConnectionId id) {
        return new ModelAndView("redirect:/console/connections/" + id + "#" + CheckPanel.ID);
    }

    private static @Nullable Username username(String typed) {
        String name = typed.strip();
        try {
            return name.isEmpty() ? null : new Username(name);
        } catch (InvalidValue fault) {
            throw BridgeException.invalid(USER, String.valueOf(fault.getMessage()));
        }
    }

    private static FormErrors errors(BridgeException refusal) {
        return switch (refusal.code()) {
            case USER_NOT_FOUND, USER_DISABLED, SUBJECT_NOT_MAPPED -> FormErrors.at(USER, refusal.detail());
            case SIGNING_KEY_NOT_FOUND -> FormErrors.at(KID, refusal.detail());
            default -> FormErrors.of(refusal);
        };
    }
}
