package io.qlikbridge.client;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** What a caller may do, as it stands in an access token (RFC 6749, section 3.3). */
public enum Scope {
    ADMIN("bridge.admin"),
    APPS("bridge.apps"),
    TOKENS("bridge.tokens");

    private final String value;

    Scope(String value) {
        this.value = value;
    }

    @JsonValue
    public String value() {
        return value;
    }

    public static Optional<Scope> of(String value) {
        return Arrays.stream(values())
                .filter(scope -> scope.value.equals(value))
                .findFirst();
    }
}
