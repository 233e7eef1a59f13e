package io.qlikbridge.userimport;

import java.util.List;

/**
 * What a user that is there becomes by an import, in SQL: {@code i} is the line, {@code u} the user. A property without a
 * column stays what it is. An address that changes has to be verified anew, unless the file says that it was: users may
 * be told apart by it at a tenant.
 */
record ImportValues(ImportColumns columns) {

    String enabled() {
        return value(ImportColumns.ENABLED, "enabled");
    }

    /** Name, e-mail address, whether that is verified, groups, and whether the user is enabled. */
    String all() {
        return String.join(
                ", ",
                List.of(
                        value(ImportColumns.NAME, "name"),
                        value(ImportColumns.EMAIL, "email"),
                        emailVerified(),
                        value(ImportColumns.GROUPS, "groups"),
                        enabled()));
    }

    private String emailVerified() {
        return columns.has(ImportColumns.EMAIL) && !columns.has(ImportColumns.EMAIL_VERIFIED)
                ? "(u.email_verified and u.email is not distinct from i.email)"
                : value(ImportColumns.EMAIL_VERIFIED, "email_verified");
    }

    private String value(String column, String name) {
        return (columns.has(column) ? "i." : "u.") + name;
    }
}
