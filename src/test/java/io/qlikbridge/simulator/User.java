package io.qlikbridge.simulator;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user of the tenant.
 *
 * @param id the Qlik user id, 24 hexadecimal digits
 * @param subject who the identity provider says it is, compared exactly
 * @param email nothing when the identity provider did not call it verified
 */
record User(
        String id,
        String subject,
        String name,
        @Nullable String email,
        List<String> groups,
        boolean admin,
        Instant createdAt,
        Instant updatedAt) {

    User withoutRole() {
        return new User(id, subject, name, email, groups, false, createdAt, updatedAt);
    }

    User with(List<String> newGroups, Instant now) {
        return new User(id, subject, name, email, newGroups, admin, createdAt, now);
    }
}
