package io.qlikbridge.consolecredentials;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.console.ConsoleController;
import io.qlikbridge.console.FormErrors;
import io.qlikbridge.lease.LeaseState;
import io.qlikbridge.leaseadmin.LeaseView;
import io.qlikbridge.leaseadmin.ListedLeases;
import io.qlikbridge.paging.Page;
import io.qlikbridge.paging.PageQuery;
import io.qlikbridge.problem.BridgeException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The list of credentials. */
@ConsoleController
class CredentialsController {

    private static final String EXPIRES_BEFORE = "expiresBefore";

    /** Where a page begins: nothing that somebody types. */
    private static final String AFTER = "after";

    private final ListedLeases leases;
    private final CredentialRows rows;
    private final Told told;
    private final Connections connections;
    private final MessageSource messages;

    CredentialsController(
            ListedLeases leases, CredentialRows rows, Told told, Connections connections, MessageSource messages) {
        this.leases = leases;
        this.rows = rows;
        this.told = told;
        this.connections = connections;
        this.messages = messages;
    }

    @GetMapping(CredentialsSection.PATH)
    String list(@RequestParam MultiValueMap<String, String> typed, HttpServletRequest http, Model model) {
        CredentialFilter filter = CredentialFilter.of(typed);
        PageQuery query = new PageQuery(null, typed.getFirst(AFTER));
        query.key();
        Page<LeaseView> page = new Page<>(List.of(), null);
        boolean refused = false;
        try {
            page = leases.page(filter.query(), query);
        } catch (BridgeException wrong) {
            FormErrors errors = FormErrors.of(wrong);
            if (errors.fields().isEmpty() || errors.at(AFTER) != null) {
                throw wrong;
            }
            refused = true;
            model.addAttribute(
                    "errors",
                    errors.at(EXPIRES_BEFORE) == null
                            ? errors
                            : FormErrors.at(CredentialFilter.ENDS_BEFORE, text("credentials.ends-before.wrong")));
        }
        String next = page.next();
        model.addAttribute("filter", filter);
        model.addAttribute("rows", rows.of(page.items()));
        model.addAttribute("next", next == null ? null : filter.next(next));
        model.addAttribute("refused", refused);
        model.addAttribute("connections", connectionOptions(filter.connection()));
        model.addAttribute("states", stateOptions(filter.state()));
        model.addAttribute("told", typed.containsKey(Told.PARAMETER) ? told.last(http) : null);
        return "console/consolecredentials-list";
    }

    /** What was asked for is among them, whatever it is. */
    private Map<String, String> connectionOptions(String asked) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("", text("credentials.all-connections"));
        connections.ids().stream().sorted().map(ConnectionId::value).forEach(id -> options.put(id, id));
        options.putIfAbsent(asked, asked);
        return options;
    }

    private Map<String, String> stateOptions(String asked) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("", text("credentials.all-states"));
        for (LeaseState state : LeaseState.values()) {
            options.put(state.slug(), text("credentials.state." + state.slug()));
        }
        options.putIfAbsent(asked, asked);
        return options;
    }

    private String text(String key) {
        return messages.getMessage(key, null, Locale.ENGLISH);
    }
}
