package io.qlikbridge.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Refuses bodies that are too large: by the length they announce, and while they are read if they announce none.
 * Multipart uploads are limited by the servlet container, while it takes them apart.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
class BodyLimitFilter extends OncePerRequestFilter {

    private final ProblemAnswers answers;
    private final DataSize limit;
    private final Map<PathPattern, DataSize> limits = new LinkedHashMap<>();

    BodyLimitFilter(ProblemAnswers answers, WebProperties properties) {
        this.answers = answers;
        this.limit = properties.maxBody();
        properties.maxBodyAt().forEach((path, size) -> limits.put(PathPatternParser.defaultInstance.parse(path), size));
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        if (request.getContentLengthLong() <= 0 && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null) {
            return true;
        }
        String type = request.getContentType();
        return type != null && type.regionMatches(true, 0, "multipart/", 0, "multipart/".length());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        DataSize allowed = limitFor(request);
        if (request.getContentLengthLong() > allowed.toBytes()) {
            answers.write(request, response, ContentTooLarge.problem(allowed), HttpHeaders.EMPTY);
            return;
        }
        chain.doFilter(new LimitedRequest(request, allowed), response);
    }

    private DataSize limitFor(HttpServletRequest request) {
        if (limits.isEmpty()) {
            return limit;
        }
        var path = ServletRequestPathUtils.parse(request).pathWithinApplication();
        return limits.entrySet().stream()
                .filter(entry -> entry.getKey().matches(path))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(limit);
    }
}
