package io.qlikbridge.consolesignin;

import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.console.ConsolePages;
import io.qlikbridge.failure.FailureView;
import io.qlikbridge.problem.BridgeException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Shows a browser at the console what is refused before the console's own filters: an address, a body that is too large. */
@Component
@ConditionalOnConsole
class ConsoleFailures implements FailureView {

    private static final String CONSOLE = "/console/";

    private final ConsolePages pages;
    private final PagePolicy policy;

    ConsoleFailures(ConsolePages pages, ObjectProvider<SignInOffer> offers) {
        this.pages = pages;
        this.policy = new PagePolicy(offers);
    }

    @Override
    public boolean isFor(HttpServletRequest request) {
        return request.getRequestURI().startsWith(request.getContextPath() + CONSOLE)
                && ConsolePages.areWanted(request);
    }

    @Override
    public void show(HttpServletRequest request, HttpServletResponse response, BridgeException failure)
            throws IOException, ServletException {
        policy.writeHeaders(request, response);
        pages.refuse(request, response, failure);
    }
}
