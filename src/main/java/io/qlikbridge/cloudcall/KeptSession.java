package io.qlikbridge.cloudcall;

import io.qlikbridge.tenant.Credential;

/** A session that is kept in a credential, as the cookies that belong to it. No token has the blank that is in it. */
public final class KeptSession {

    private static final String SCHEME = "Cookie ";

    private KeptSession() {}

    /** @param cookies as the value of a {@code Cookie} header (RFC 6265, section 4.2.1) */
    public static String of(String cookies) {
        return SCHEME + cookies;
    }

    public static boolean is(Credential credential) {
        return credential.token().startsWith(SCHEME);
    }

    static String cookies(Credential credential) {
        return credential.token().substring(SCHEME.length());
    }
}
