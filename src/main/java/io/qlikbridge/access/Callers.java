package io.qlikbridge.access;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** Tells who makes the present request. */
@Component
public class Callers {

    Callers() {}

    /** The caller of the request that this thread serves; an error of ours where nobody had to sign in. */
    public Caller current() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication instanceof CallerToken token) {
            return token.getPrincipal();
        }
        throw new IllegalStateException("Nobody has signed in here");
    }
}
