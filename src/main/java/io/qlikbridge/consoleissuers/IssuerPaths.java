package io.qlikbridge.consoleissuers;

import jakarta.servlet.http.HttpServletRequest;

/** The addresses of the way to an issuer and back; the issuer's key is the last part of each. */
final class IssuerPaths {

    static final String START = "/console/sign-in/start";
    static final String CALLBACK = "/console/sign-in/callback";
    static final String PAGE = "/console/sign-in";

    private IssuerPaths() {}

    /** As it was sent. */
    static String key(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
