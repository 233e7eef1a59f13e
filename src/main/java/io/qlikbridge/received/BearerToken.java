package io.qlikbridge.received;

import java.util.regex.Pattern;

/** The form of a bearer token that is fit for a header (RFC 6750, section 2.1), of 8,192 characters at most. */
public final class BearerToken {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]{1,8192}=*");

    private BearerToken() {}

    public static boolean isFit(String text) {
        return FORM.matcher(text).matches();
    }
}
