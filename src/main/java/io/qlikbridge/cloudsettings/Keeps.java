package io.qlikbridge.cloudsettings;

import com.fasterxml.jackson.annotation.JsonValue;
import io.qlikbridge.problem.InvalidValue;
import java.util.Arrays;

/** What the bridge keeps of a user that it has signed in with an assertion. */
public enum Keeps {
    /** An API key that the session has made. */
    API_KEYS("api-keys"),
    /** The session itself, for tenants whose users may not make API keys. */
    SESSIONS("sessions");

    private final String slug;

    Keeps(String slug) {
        this.slug = slug;
    }

    static Keeps of(String text) {
        return Arrays.stream(values())
                .filter(kept -> kept.slug.equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidValue("is api-keys or sessions"));
    }

    /** As the REST API names it. */
    @JsonValue
    public String slug() {
        return slug;
    }
}
