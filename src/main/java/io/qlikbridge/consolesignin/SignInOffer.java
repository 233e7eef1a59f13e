package io.qlikbridge.consolesignin;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Ways to sign in beside a client's secret. A module that brings some has them on the page to sign in. */
public interface SignInOffer {

    /**
     * A way to sign in.
     *
     * @param name of who vouches, as the link shows it: "Sign in with" and the name
     * @param path to go to, below {@code /console/sign-in/}, behind the context path
     */
    record Way(String name, String path) {}

    /** Those that can be used now. */
    List<Way> ways();

    /** Why somebody has just come back without having signed in, and what to change; empty where nobody has. */
    default Optional<String> failure(HttpServletRequest request) {
        return Optional.empty();
    }

    /**
     * Where to go on to sign out with who vouched for the person, too: an address there, or a page of ours behind the context path; empty
     * where the session is none of these, or nothing is offered. Asked before the session ends.
     */
    default Optional<String> signOut(HttpServletRequest request) {
        return Optional.empty();
    }

    /** The origins that a form of ours may lead on to, such as when signing out at an issuer (CSP {@code form-action}). */
    default Set<String> origins() {
        return Set.of();
    }
}
