package io.qlikbridge.consolecredentials;

import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.consolesession.ConsoleSessions;
import io.qlikbridge.leaseadmin.LeaseRevocations.Revoked;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What became of the credentials that were last ended together: kept with the session, since an address can be made up. */
@Component
@ConditionalOnConsole
class Told {

    /** Has a page show it. */
    static final String PARAMETER = "revoked";

    private static final String KEPT = "credentials-revoked";
    private static final String SEPARATOR = " ";

    private final ConsoleSessions sessions;

    Told(ConsoleSessions sessions) {
        this.sessions = sessions;
    }

    void keep(HttpServletRequest request, Revoked done) {
        sessions.keep(request, KEPT, done.revoked() + SEPARATOR + done.pending());
    }

    /** Nothing where none were ended together in this session. */
    @Nullable
    Revoked last(HttpServletRequest request) {
        return sessions.kept(request, KEPT)
                .map(kept -> kept.split(SEPARATOR))
                .map(numbers -> new Revoked(Long.parseLong(numbers[0]), Long.parseLong(numbers[1])))
                .orElse(null);
    }
}
