package io.qlikbridge.connection;

import com.fasterxml.jackson.annotation.JsonValue;
import io.qlikbridge.problem.InvalidValue;

/** Who has a subject on a connection. */
public enum SubjectPolicy {
    /** A mapped user has the mapped subject, any other the one the template makes. */
    DEFAULT("default"),
    /** Only mapped users have one. */
    MAPPED_ONLY("mapped-only");

    private final String slug;

    SubjectPolicy(String slug) {
        this.slug = slug;
    }

    public static SubjectPolicy of(String slug) {
        for (SubjectPolicy policy : values()) {
            if (policy.slug.equals(slug)) {
                return policy;
            }
        }
        throw new InvalidValue("is default or mapped-only");
    }

    /** The policy as it stands in an answer. */
    @JsonValue
    public String slug() {
        return slug;
    }
}
