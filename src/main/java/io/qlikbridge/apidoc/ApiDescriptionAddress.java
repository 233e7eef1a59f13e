package io.qlikbridge.apidoc;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springdoc.webmvc.api.OpenApiResource;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * Puts the path below which the caller reaches the bridge into the API's description: into the addresses of the server and of the
 * token endpoint. The description itself is one for all callers.
 */
@ControllerAdvice
class ApiDescriptionAddress implements ResponseBodyAdvice<byte[]> {

    /** In JSON and in YAML. */
    private static final Pattern OURS =
            Pattern.compile("(?<name>(?:\"(?:url|tokenUrl)\":\\s?|\\b(?:url|tokenUrl):\\s)\"?)/(?<path>[a-z0-9/]*)");

    @Override
    public boolean supports(MethodParameter method, Class<? extends HttpMessageConverter<?>> converter) {
        return OpenApiResource.class.isAssignableFrom(method.getContainingClass());
    }

    @Override
    public byte @Nullable [] beforeBodyWrite(
            byte @Nullable [] description,
            MethodParameter method,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (description == null || !(request instanceof ServletServerHttpRequest servlet)) {
            return description;
        }
        HttpServletRequest asked = servlet.getServletRequest();
        return below(asked.getContextPath(), description);
    }

    static byte[] below(String context, byte[] description) {
        if (context.isEmpty()) {
            return description;
        }
        return OURS.matcher(new String(description, StandardCharsets.UTF_8))
                .replaceAll(found -> Matcher.quoteReplacement(found.group("name")
                        + context
                        + (found.group("path").isEmpty() ? "" : "/" + found.group("path"))))
                .getBytes(StandardCharsets.UTF_8);
    }
}
