package io.qlikbridge.connection;

import com.fasterxml.jackson.annotation.JsonValue;
import io.qlikbridge.problem.InvalidValue;

/** The kinds of Qlik deployment that can stand behind a connection. */
public enum ConnectionType {
    /** A Qlik Cloud tenant, reached with assertions, sessions and API keys. */
    QLIK_CLOUD("qlik-cloud");

    private final String slug;

    ConnectionType(String slug) {
        this.slug = slug;
    }

    public static ConnectionType of(String slug) {
        if (!slug.equals(QLIK_CLOUD.slug)) {
            throw new InvalidValue("is " + QLIK_CLOUD.slug);
        }
        return QLIK_CLOUD;
    }

    /** The kind as it stands in an answer. */
    @JsonValue
    public String slug() {
        return slug;
    }
}
