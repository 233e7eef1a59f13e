package io.qlikbridge.failure;

import io.qlikbridge.observation.RequestMeterValve;
import io.qlikbridge.problem.BridgeException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers for what goes wrong in the filters behind it, before any controller is reached. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class ProblemFilter extends OncePerRequestFilter {

    private final ProblemAnswers answers;
    private final ExceptionTranslator reading;

    ProblemFilter(ProblemAnswers answers, ExceptionTranslator reading) {
        this.answers = answers;
        this.reading = reading;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (Exception failure) {
            if (response.isCommitted()) {
                // the caller must see a broken answer, not one that looks whole
                note(request, failure);
                throw failure;
            }
            answers.write(request, response, reading.read(request, failure), ExceptionTranslator.headers(failure));
        }
    }

    /** What broke an answer off is measured, if it was not the caller who went. */
    private static void note(HttpServletRequest request, Exception failure) {
        BridgeException told = ExceptionTranslator.causeOf(failure, BridgeException.class);
        if (told != null) {
            RequestMeterValve.note(request, told.code());
        }
    }
}
