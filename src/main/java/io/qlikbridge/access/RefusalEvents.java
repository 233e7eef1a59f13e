package io.qlikbridge.access;

import io.qlikbridge.caller.Callers;
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

    private final Callers callers;
    private final ApplicationEventPublisher events;

    RefusalEvents(Callers callers, ApplicationEventPublisher events) {
        this.callers = callers;
        this.events = events;
    }

    /** Publishes {@link RequestRefused}, unless nobody had signed in. */
    public void tell(ProblemCode code, String method, String path) {
        if (callers.present().isPresent()) {
            events.publishEvent(new RequestRefused(code, method, path, named()));
        }
    }

    /** The same, of a request that was refused before anybody could {@linkplain #note keep} whom it is about. */
    void tell(ProblemCode code, String method, String path, Username about) {
        if (callers.present().isPresent()) {
            events.publishEvent(new RequestRefused(code, method, path, about));
        }
    }

    /** Keeps for whom the present request is made, should it be refused. */
    static void note(Username user) {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        if (request != null) {
            request.setAttribute(NAMED, user, RequestAttributes.SCOPE_REQUEST);
        }
    }

    private static @Nullable Username named() {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        return request != null && request.getAttribute(NAMED, RequestAttributes.SCOPE_REQUEST) instanceof Username user
                ? user
                : null;
    }
}
