package io.qlikbridge.access;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.InvalidValue;
import io.qlikbridge.subject.LocalUser;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;

/** Fills {@link ActingFor} parameters. */
@Component
class ActingForResolver implements HandlerMethodArgumentResolver {

    private static final String CONNECTION = "connection";

    private final ActingUsers users;

    ActingForResolver(ActingUsers users) {
        this.users = users;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(ActingFor.class) && parameter.getParameterType() == LocalUser.class;
    }

    @Override
    public LocalUser resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return users.cached(
                connection(request),
                ActingUsers.named(request.getParameterValues(ActingUsers.PARAMETER)),
                ActingUsers.PARAMETER);
    }

    /** The connection that the path names; every address that acts for a user is below one. */
    private static ConnectionId connection(NativeWebRequest request) {
        Object variables =
                request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, RequestAttributes.SCOPE_REQUEST);
        if (variables instanceof Map<?, ?> all && all.get(CONNECTION) instanceof String id) {
            try {
                return new ConnectionId(id);
            } catch (InvalidValue refused) {
                throw BridgeException.invalid(CONNECTION, String.valueOf(refused.getMessage()));
            }
        }
        throw new IllegalStateException("An address that acts for a user names no connection");
    }
}
