package io.qlikbridge.console;

import io.qlikbridge.failure.ReportedFailures;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;

/**
 * Makes a form that comes back with its errors known like a refusal of the API. To the browser it is a page like any other, which would
 * tell its console of a failed request otherwise.
 */
@Component
@ConditionalOnConsole
class RefusedForms implements HandlerInterceptor {

    static final String ERRORS = "errors";

    private final ReportedFailures failures;

    RefusedForms(ReportedFailures failures) {
        this.failures = failures;
    }

    @Override
    public void postHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable ModelAndView page) {
        if (page != null && page.getModel().get(ERRORS) instanceof FormErrors errors) {
            failures.tell(request, errors.code());
        }
    }
}
