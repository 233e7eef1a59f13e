package io.qlikbridge.access;

import io.qlikbridge.caller.Caller;
import io.qlikbridge.caller.CallerToken;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.subject.LocalUsers;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.stereotype.Component;

/** Sees to it that whoever signs in under a user's name is the person who did so first, whatever the request is for. */
@Component
class SignedInPeople {

    private final LocalUsers users;
    private final RefusalEvents refusals;

    SignedInPeople(LocalUsers users, RefusalEvents refusals) {
        this.users = users;
        this.refusals = refusals;
    }

    /** @throws BridgeException {@code forbidden} when the user of that name is another person; it is in the audit then */
    void admit(Caller.Person person, HttpServletRequest request) {
        try {
            require(person);
        } catch (BridgeException refused) {
            tell(person, refused, request);
            throw refused;
        }
    }

    /** @throws BridgeException {@code forbidden} when the user of that name is another person */
    void require(Caller.Person person) {
        users.signedIn(person.username(), person.identity());
    }

    /** The token is good, so there is somebody to tell of. */
    private void tell(Caller.Person person, BridgeException refused, HttpServletRequest request) {
        SecurityContextHolder.setContext(new SecurityContextImpl(new CallerToken(person)));
        try {
            String path =
                    request.getRequestURI().substring(request.getContextPath().length());
            refusals.tell(refused.code(), request.getMethod(), path, person.username());
        } finally {
            SecurityContextHolder.clearContext();
        }
    }
}
