package io.qlikbridge.access;

import io.qlikbridge.caller.Callers;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.username.Username;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** Makes refusals to callers who had signed in known. Of others there is nothing to tell: anybody could make them up. */
@Component
public class RefusalEvents {

    private static final String NAMED = RefusalEvents.class.getName() + ".user";
    private static final String CONNECTION = RefusalEvents.class.getName() + ".connection";

    private final Callers callers;
    private final ApplicationEventPublisher events;

    RefusalEvents(Callers callers, ApplicationEventPublisher events) {
        this.callers = callers;
        this.events = events;
    }

    /** Publishes {@link RequestRefused}, unless nobody had signed in. */
    public void tell(ProblemCode code, String method, String path) {
        if (callers.present().isPresent()) {
            events.publishEvent(new RequestRefused(
                    code, method, path, noted(CONNECTION, ConnectionId.class), noted(NAMED, Username.class)));
        }
    }

    /** The same, of a request that was refused before anybody could {@linkplain #note keep} whom it is about. */
    void tell(ProblemCode code, String method, String path, Username about) {
        if (callers.present().isPresent()) {
            events.publishEvent(new RequestRefused(code, method, path, null, about));
        }
    }

    /** Keeps for whom the present request is made, should it be refused. */
    static void note(Username user) {
        note(NAMED, user);
    }

    /** Keeps at which connection the present request is to be done, where its path does not tell. */
    public static void note(ConnectionId connection) {
        note(CONNECTION, connection);
    }

    private static void note(String name, Object value) {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        if (request != null) {
            request.setAttribute(name, value, RequestAttributes.SCOPE_REQUEST);
        }
    }

    private static <T> @Nullable T noted(String name, Class<T> type) {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        Object value = request == null ? null : request.getAttribute(name, RequestAttributes.SCOPE_REQUEST);
        return type.isInstance(value) ? type.cast(value) : null;
    }
}
