package io.qlikbridge.caller;

import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.stereotype.Component;

/** Tells who makes the present request. */
@Component
public class Callers {

    Callers() {}

    /** The caller of the request that this thread serves; an error of ours where nobody had to sign in. */
    public Caller current() {
        return present().orElseThrow(() -> new IllegalStateException("Nobody has signed in here"));
    }

    /** The caller of the request that this thread serves; empty where nobody has signed in, and in the background. */
    public Optional<Caller> present() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication instanceof CallerToken token ? Optional.of(token.getPrincipal()) : Optional.empty();
    }

    /** Does some work in the name of a caller who has proved otherwise than by an access token who it is. */
    public <T> T as(Caller caller, Supplier<T> work) {
        SecurityContext before = SecurityContextHolder.getContext();
        SecurityContextHolder.setContext(new SecurityContextImpl(new CallerToken(caller)));
        try {
            return work.get();
        } finally {
            SecurityContextHolder.setContext(before);
        }
    }
}
