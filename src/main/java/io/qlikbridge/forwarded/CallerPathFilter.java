package io.qlikbridge.forwarded;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Shows paths as the caller wrote them, with the prefix that a trusted proxy took off as a part of the context path. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public class CallerPathFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String prefix = prefix(request);
        chain.doFilter(prefix.isEmpty() ? request : new Prefixed(request, prefix), response);
    }

    /**
     * What is not in the path of this request and was in the caller's; empty behind this filter. A proxy that names the context
     * path took nothing off.
     */
    public static String prefix(HttpServletRequest request) {
        return request.getAttribute(CallerAddressValve.PREFIX) instanceof String prefix
                        && !prefix.equals(request.getContextPath())
                ? prefix
                : "";
    }

    private static final class Prefixed extends HttpServletRequestWrapper {

        private final String prefix;

        private Prefixed(HttpServletRequest request, String prefix) {
            super(request);
            this.prefix = prefix;
        }

        @Override
        public @Nullable Object getAttribute(String name) {
            return name.equals(CallerAddressValve.PREFIX) ? null : super.getAttribute(name);
        }

        @Override
        public String getContextPath() {
            return prefix + super.getContextPath();
        }

        @Override
        public String getRequestURI() {
            return prefix + super.getRequestURI();
        }

        @Override
        public StringBuffer getRequestURL() {
            StringBuffer url = super.getRequestURL();
            return url.insert(url.length() - super.getRequestURI().length(), prefix);
        }
    }
}
