package io.qlikbridge.auditlog;

import org.jspecify.annotations.Nullable;

/** Which events a caller of the API asks for; bound from the query parameters of the same names. */
record AuditQuery(
        @Nullable String actor,
        @Nullable String action,
        @Nullable String user,
        @Nullable String connection) {

    AuditFilter filter() {
        return new AuditFilter(actor, action, user, connection, null, null);
    }
}
