package io.qlikbridge.consolesession;

import io.qlikbridge.caller.CallerToken;
import io.qlikbridge.console.ConditionalOnConsole;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/** Has requests of a session made by who signed in to it, found out anew for each. */
@Component
@ConditionalOnConsole
public class SessionContexts implements SecurityContextRepository {

    private static final String FIRST_SECRET = SessionContexts.class.getName() + ".first-secret";

    private final ConsoleSessions sessions;

    SessionContexts(ConsoleSessions sessions) {
        this.sessions = sessions;
    }

    /** Whether who makes the request came with the secret of the first start, which is good for being renewed alone. */
    public static boolean hasFirstSecret(HttpServletRequest request) {
        return request.getAttribute(FIRST_SECRET) != null;
    }

    @Override
    public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
        return new Deferred(request);
    }

    @Override
    @Deprecated
    @SuppressWarnings("deprecation")
    public SecurityContext loadContext(HttpRequestResponseHolder requestResponse) {
        return load(requestResponse.getRequest());
    }

    private SecurityContext load(HttpServletRequest request) {
        SecurityContext context = new SecurityContextImpl();
        sessions.present(request).ifPresent(present -> {
            context.setAuthentication(new CallerToken(present.caller()));
            if (present.firstSecret()) {
                request.setAttribute(FIRST_SECRET, true);
            }
        });
        return context;
    }

    /** What a session keeps is written where somebody signs in. */
    @Override
    public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {}

    @Override
    public boolean containsContext(HttpServletRequest request) {
        return request.getSession(false) != null;
    }

    private final class Deferred implements DeferredSecurityContext {

        private final HttpServletRequest request;
        private @Nullable SecurityContext loaded;

        private Deferred(HttpServletRequest request) {
            this.request = request;
        }

        @Override
        public SecurityContext get() {
            if (loaded == null) {
                loaded = load(request);
            }
            return loaded;
        }

        @Override
        public boolean isGenerated() {
            return get().getAuthentication() == null;
        }
    }
}
