package io.qlikbridge.consoleimport;

import io.qlikbridge.console.ConditionalOnConsole;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Leaves the form with a file of users to {@link UploadForm}. The servlet container would take it apart as soon as anybody asks for a
 * parameter. Behind the security filters, so only for an admin.
 */
@Component
@ConditionalOnConsole
@Order(Ordered.LOWEST_PRECEDENCE)
class UploadFilter extends OncePerRequestFilter {

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return !"POST".equals(request.getMethod()) || !path.equals(ImportPages.PATH);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(new UploadRequest(request), response);
    }
}
