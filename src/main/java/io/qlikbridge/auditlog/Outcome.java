package io.qlikbridge.auditlog;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether what was tried was done. */
public enum Outcome {
    SUCCESS,
    FAILURE;

    /** The outcome as it stands in a row and in an answer. */
    @JsonValue
    public String slug() {
        return name().toLowerCase(Locale.ROOT);
    }
}
