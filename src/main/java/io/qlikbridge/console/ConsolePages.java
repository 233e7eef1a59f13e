package io.qlikbridge.console;

import io.qlikbridge.failure.ReportedFailures;
import io.qlikbridge.problem.BridgeException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/** Shows a failure as a page where no controller was reached. */
@Component
@ConditionalOnConsole
public class ConsolePages {

    private final ThymeleafViewResolver views;
    private final Frames frames;
    private final ReportedFailures failures;

    ConsolePages(ThymeleafViewResolver views, Frames frames, ReportedFailures failures) {
        this.views = views;
        this.frames = frames;
        this.failures = failures;
    }

    /** Whether whoever sent this request takes pages, as browsers do (RFC 9110, section 12.5.1). */
    public static boolean areWanted(HttpServletRequest request) {
        try {
            return MediaType.parseMediaTypes(Collections.list(request.getHeaders(HttpHeaders.ACCEPT))).stream()
                    .anyMatch(type -> type.equalsTypeAndSubtype(MediaType.TEXT_HTML));
        } catch (InvalidMediaTypeException malformed) {
            return false;
        }
    }

    public void refuse(HttpServletRequest request, HttpServletResponse response, BridgeException failure)
            throws IOException, ServletException {
        BridgeException told = failures.read(request, failure);
        ModelAndView page = FailurePage.of(told, request, frames.of(request));
        if (page.getStatus() != null) {
            response.setStatus(page.getStatus().value());
        }
        response.setContentType(MediaType.TEXT_HTML_VALUE + ";charset=UTF-8");
        try {
            View view = views.resolveViewName(FailurePage.VIEW, Locale.ENGLISH);
            if (view == null) {
                throw new IllegalStateException("There is no " + FailurePage.VIEW);
            }
            view.render(page.getModel(), request, response);
        } catch (IOException | RuntimeException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new ServletException(failed);
        }
    }
}
