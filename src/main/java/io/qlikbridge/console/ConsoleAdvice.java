package io.qlikbridge.console;

import io.qlikbridge.failure.ReportedFailures;
import io.qlikbridge.problem.BridgeException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.ModelAndView;

/** Puts each page into its frame, and makes a page of what a page fails with. */
@ControllerAdvice(annotations = ConsoleController.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
@ConditionalOnConsole
class ConsoleAdvice {

    private final Frames frames;
    private final ReportedFailures failures;

    ConsoleAdvice(Frames frames, ReportedFailures failures) {
        this.frames = frames;
        this.failures = failures;
    }

    @ModelAttribute("frame")
    Frame frame(HttpServletRequest request) {
        return frames.of(request);
    }

    @ExceptionHandler
    ModelAndView show(Exception failure, HttpServletRequest request, HttpServletResponse response) throws Exception {
        if (failure instanceof AccessDeniedException
                || failure instanceof AuthenticationException
                || response.isCommitted()) {
            throw failure;
        }
        BridgeException told = failures.read(request, failure);
        return FailurePage.of(told, request, frames.of(request));
    }
}
