package io.qlikbridge.consoleaudit;

import io.qlikbridge.auditlog.Action;
import io.qlikbridge.auditlog.AuditEvent;
import io.qlikbridge.auditlog.AuditFilter;
import io.qlikbridge.auditlog.AuditTrail;
import io.qlikbridge.console.ConsoleController;
import io.qlikbridge.console.FormErrors;
import io.qlikbridge.paging.Page;
import io.qlikbridge.paging.PageQuery;
import io.qlikbridge.problem.BridgeException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Lists what was done, and exports it. */
@ConsoleController
class AuditPageController {

    static final String PATH = "/console/audit";

    private static final String EXPORT = PATH + ".csv";
    private static final String VIEW = "console/consoleaudit-list";
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'audit-'yyyyMMdd'T'HHmmss'Z.csv'").withZone(ZoneOffset.UTC);

    private final AuditTrail trail;
    private final Clock clock;

    AuditPageController(AuditTrail trail, Clock clock) {
        this.trail = trail;
        this.clock = clock;
    }

    @GetMapping(PATH)
    String list(AuditForm form, @RequestParam(required = false) @Nullable String after, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("actions", actions());
        model.addAttribute("filtered", !form.isEmpty());
        AuditFilter filter;
        try {
            filter = form.filter();
        } catch (BridgeException refusal) {
            model.addAttribute("errors", FormErrors.of(refusal));
            model.addAttribute("rows", List.of());
            return VIEW;
        }
        Page<AuditEvent> page = trail.page(filter, new PageQuery(null, after));
        model.addAttribute("rows", page.map(AuditRow::of).items());
        model.addAttribute("export", form.address(EXPORT, null));
        model.addAttribute("newest", after == null ? null : form.address(PATH, null));
        model.addAttribute("next", page.next() == null ? null : form.address(PATH, page.next()));
        return VIEW;
    }

    /** All that the filters let through, the newest first, written as it is read. */
    @GetMapping(EXPORT)
    void export(AuditForm form, HttpServletResponse response) throws IOException {
        AuditFilter filter = form.filter();
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + NAME.format(clock.instant()) + "\"");
        try (Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8)) {
            AuditSheet sheet = AuditSheet.begin(out);
            trail.each(filter, sheet::add);
            sheet.end();
        }
    }

    private static Map<String, String> actions() {
        Map<String, String> actions = new LinkedHashMap<>();
        actions.put("", "any");
        for (Action action : Action.values()) {
            actions.put(action.value(), action.value());
        }
        return actions;
    }
}
