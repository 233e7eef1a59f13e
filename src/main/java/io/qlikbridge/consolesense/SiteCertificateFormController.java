package io.qlikbridge.consolesense;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.console.ConsoleController;
import io.qlikbridge.console.FormErrors;
import io.qlikbridge.consoleconnections.ConnectionPage;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.sitecertificateadmin.SiteCertificateAdmin;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Set;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** Takes the certificates of a site from their panel. */
@ConsoleController
class SiteCertificateFormController {

    private static final String PATH = "/console/connections/{id}/certificates";

    /** The field that shows a form to be one of ours. */
    private static final Set<String> BESIDE = Set.of("_csrf");

    private final SiteCertificateAdmin certificates;
    private final ConnectionPage page;

    SiteCertificateFormController(SiteCertificateAdmin certificates, ConnectionPage page) {
        this.certificates = certificates;
        this.page = page;
    }

    @PostMapping(PATH)
    ModelAndView put(@PathVariable ConnectionId id, HttpServletRequest request) throws IOException, ServletException {
        try {
            certificates.put(id, request, BESIDE);
            return ConnectionPage.done(id, "sense-certificates-put", SiteCertificatesPanel.ID);
        } catch (BridgeException refusal) {
            return refused(id, refusal);
        }
    }

    @PostMapping(PATH + "/delete")
    ModelAndView delete(@PathVariable ConnectionId id) {
        try {
            certificates.delete(id);
            return ConnectionPage.done(id, "sense-certificates-deleted", SiteCertificatesPanel.ID);
        } catch (BridgeException refusal) {
            return refused(id, refusal);
        }
    }

    /** A connection that has none by its type has no panel to say so. */
    private ModelAndView refused(ConnectionId id, BridgeException refusal) {
        if (refusal.code() == ProblemCode.NOT_FOUND) {
            throw refusal;
        }
        return page.refused(id, SiteCertificatesPanel.ID, FormErrors.of(refusal), null);
    }
}
