package io.qlikbridge.connection;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who has a subject on a connection. */
public enum SubjectPolicy {
    /** A mapped user has the mapped subject, any other the one the template makes. */
    @JsonProperty("default")
    DEFAULT,
    /** Only mapped users have one. */
    @JsonProperty("mapped-only")
    MAPPED_ONLY
}
