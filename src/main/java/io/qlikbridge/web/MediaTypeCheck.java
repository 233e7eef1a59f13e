package io.qlikbridge.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Looks at {@code Content-Type}, and at {@code Accept} where something is to be changed, before anything is done. Spring would find out that an answer does not
 * fit when it writes it, and a secret that is shown once would be lost with it.
 */
@Component
class MediaTypeCheck implements HandlerInterceptor, WebMvcConfigurer {

    private static final Set<MediaType> JSON = Set.of(MediaType.APPLICATION_JSON);

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws HttpMediaTypeNotAcceptableException, HttpMediaTypeNotSupportedException {
        if (handler instanceof HandlerMethod method) {
            if (!isPage(method)
                    && !HttpMethod.GET.matches(request.getMethod())
                    && !HttpMethod.HEAD.matches(request.getMethod())) {
                requireAcceptable(request);
            }
            requireConcrete(request.getContentType());
        }
        return true;
    }

    /** Whoever sends a form from a page is shown a page, whatever else a browser would take. */
    private static boolean isPage(HandlerMethod method) {
        return !AnnotatedElementUtils.hasAnnotation(method.getBeanType(), ResponseBody.class)
                && !method.hasMethodAnnotation(ResponseBody.class);
    }

    private static void requireAcceptable(HttpServletRequest request) throws HttpMediaTypeNotAcceptableException {
        Enumeration<String> headers = request.getHeaders(HttpHeaders.ACCEPT);
        // where a handler says what it answers with, Spring has chosen it by that
        boolean chosen = request.getAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE) != null;
        if (chosen || !headers.hasMoreElements()) {
            return;
        }
        List<MediaType> accepted;
        try {
            accepted = MediaType.parseMediaTypes(Collections.list(headers));
        } catch (InvalidMediaTypeException malformed) {
            throw new HttpMediaTypeNotAcceptableException("The header Accept is malformed");
        }
        if (!accepted.isEmpty() && accepted.stream().noneMatch(type -> type.includes(MediaType.APPLICATION_JSON))) {
            throw new HttpMediaTypeNotAcceptableException(List.copyOf(JSON));
        }
    }

    private static void requireConcrete(@Nullable String contentType) throws HttpMediaTypeNotSupportedException {
        if (contentType == null) {
            return;
        }
        try {
            if (!MediaType.parseMediaType(contentType).isConcrete()) {
                throw new HttpMediaTypeNotSupportedException("A body is of one type", List.copyOf(JSON));
            }
        } catch (InvalidMediaTypeException malformed) {
            throw new HttpMediaTypeNotSupportedException("The header Content-Type is malformed", List.copyOf(JSON));
        }
    }
}
