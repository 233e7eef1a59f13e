package io.qlikbridge.cloudsettings;

import com.fasterxml.jackson.annotation.JsonValue;
import io.qlikbridge.problem.InvalidValue;
import java.util.Arrays;

/** How the bridge acts for users at a tenant. */
public enum CloudSignIn {
    /** With an assertion about each user, which the tenant exchanges for a session. */
    JWT("jwt"),
    /** As an OAuth client that may impersonate users (contract, section 10). */
    OAUTH_IMPERSONATION("oauth-impersonation");

    private final String slug;

    CloudSignIn(String slug) {
        this.slug = slug;
    }

    static CloudSignIn of(String text) {
        return Arrays.stream(values())
                .filter(way -> way.slug.equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidValue("is jwt or oauth-impersonation"));
    }

    /** As the REST API names it. */
    @JsonValue
    public String slug() {
        return slug;
    }
}
