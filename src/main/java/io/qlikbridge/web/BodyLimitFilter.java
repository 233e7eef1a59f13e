package io.qlikbridge.web;

import io.qlikbridge.failure.ContentTooLarge;
import io.qlikbridge.failure.ProblemAnswers;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.wire.Wire;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies that are too large for their address: by the length they announce, and while they are read if they announce none;
 * and forms with files where none are taken, which the servlet container would take apart before anybody asked who sends them.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
class BodyLimitFilter extends OncePerRequestFilter {

    private static final String MULTIPART = "multipart/";

    private final ProblemAnswers answers;
    private final AddressLimits limits;

    BodyLimitFilter(ProblemAnswers answers, AddressLimits limits) {
        this.answers = answers;
        this.limits = limits;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getContentLengthLong() <= 0 && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        AddressLimits.Limit limit = limits.of(request);
        BridgeException refusal = refusal(request, limit);
        if (refusal != null) {
            answers.write(request, response, refusal, HttpHeaders.EMPTY);
            return;
        }
        Wire wire = Wire.current();
        if (wire != null) {
            wire.expectBody(limit.within());
        }
        chain.doFilter(new LimitedRequest(request, limit), response);
    }

    private static @Nullable BridgeException refusal(HttpServletRequest request, AddressLimits.Limit limit) {
        if (request.getContentLengthLong() > limit.body().toBytes()) {
            return ContentTooLarge.problem(limit.body());
        }
        if (!limit.multipart() && isMultipart(request) && !StrangersFilter.isTokenEndpoint(request)) {
            return new BridgeException(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    "This address takes no multipart/form-data. Send what its description in /v3/api-docs names.");
        }
        return null;
    }

    static boolean isMultipart(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.regionMatches(true, 0, MULTIPART, 0, MULTIPART.length());
    }
}
