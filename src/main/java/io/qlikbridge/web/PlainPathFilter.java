package io.qlikbridge.web;

import io.qlikbridge.failure.ProblemAnswers;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses a path that leads to a servlet of its own only once it is decoded or shortened. Spring's reading of such a path
 * fails, before the HTTP firewall has looked at it.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 15)
class PlainPathFilter extends OncePerRequestFilter {

    private final ProblemAnswers answers;

    PlainPathFilter(ProblemAnswers answers) {
        this.answers = answers;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String servlet = request.getContextPath() + request.getServletPath();
        String path = request.getRequestURI();
        boolean behind = request.getPathInfo() != null;
        if (behind && !(path.startsWith(servlet) && path.startsWith("/", servlet.length()))) {
            answers.write(
                    request,
                    response,
                    new BridgeException(
                            ProblemCode.INVALID_REQUEST, "The address can be read in two ways. Write it plainly."),
                    HttpHeaders.EMPTY);
            return;
        }
        chain.doFilter(request, response);
    }
}
