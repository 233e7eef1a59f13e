package io.qlikbridge.consolesignin;

import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.console.ConsolePages;
import io.qlikbridge.consolesession.SessionContexts;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** Leads to the page to sign in whoever has not, and says why where somebody has. */
@Component
@ConditionalOnConsole
class SignInRequired implements AuthenticationEntryPoint, AccessDeniedHandler {

    private final ConsolePages pages;

    SignInRequired(ConsolePages pages) {
        this.pages = pages;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException none)
            throws IOException {
        UriComponentsBuilder page =
                UriComponentsBuilder.fromPath(request.getContextPath()).path(WantedPage.SIGN_IN);
        if ("GET".equals(request.getMethod())) {
            WantedPage.of(request).ifPresent(next -> page.queryParam("next", "{next}"));
        } else {
            page.queryParam("ended", "");
        }
        String next = WantedPage.of(request).orElse("");
        String target = page.encode().buildAndExpand(next).toUriString();
        if (request.getHeader("HX-Request") != null) {
            // a part of a page is no place to sign in
            response.setHeader("HX-Redirect", target);
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        response.sendRedirect(target);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denial)
            throws IOException, ServletException {
        if (SessionContexts.hasFirstSecret(request) && !(denial instanceof CsrfException)) {
            response.sendRedirect(request.getContextPath() + WantedPage.FIRST_SECRET);
            return;
        }
        pages.refuse(
                request,
                response,
                new BridgeException(
                        ProblemCode.FORBIDDEN,
                        denial instanceof CsrfException
                                ? "The form has no proof that it comes from this console, or one that is too old, such as of before you"
                                        + " signed in. Nothing was changed. Go back, load the page again, and send it from there."
                                : "This needs the scope bridge.admin."));
    }
}
