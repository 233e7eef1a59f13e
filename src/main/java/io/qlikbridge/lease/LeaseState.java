package io.qlikbridge.lease;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a lease is between its request and its end. */
public enum LeaseState {
    /** A claim: one replica is having it issued. */
    ISSUING,
    /** In use. */
    ACTIVE,
    /** Another has taken its place; still good at the tenant for those it was handed to. */
    SUPERSEDED,
    /** To be ended at the tenant; not in use any more. */
    REVOKING,
    /** Ended before its time. */
    REVOKED,
    /** Ended by time. */
    EXPIRED,
    /** Was never issued. */
    FAILED;

    /** The state as it stands in an answer, such as {@code active}. */
    @JsonValue
    public String slug() {
        return name().toLowerCase(Locale.ROOT);
    }
}
