package io.qlikbridge.sensesettings;

import io.qlikbridge.problem.InvalidValue;
import java.util.Arrays;
import java.util.Locale;

/** How the bridge signs in at a site. */
public enum SignIn {
    /** With the certificates that the site exports, naming any user. */
    CERTIFICATES,
    /** With a JWT about each user, through a virtual proxy. */
    JWT;

    static SignIn of(String text) {
        return Arrays.stream(values())
                .filter(way -> way.slug().equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidValue("is certificates or jwt"));
    }

    /** As the REST API names it. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT);
    }
}
