package io.qlikbridge.leaseadmin;

import io.qlikbridge.lease.LeaseState;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.PlainText;
import io.qlikbridge.problem.Violations;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which leases an admin asks for; bound from the query parameters of the same names.
 *
 * @param state such as {@code active}
 * @param expiresBefore an instant of ISO 8601
 */
public record LeaseQuery(
        @Nullable String connection,
        @Nullable String user,
        @Nullable String state,
        @Nullable String expiresBefore) {

    /** The query itself, or {@code invalid-request} for a text that nothing could be called. */
    LeaseQuery checked() {
        Violations violations = new Violations();
        violations.require(
                connection == null || PlainText.isPlain(connection), "connection", "has no control characters");
        violations.require(user == null || PlainText.isPlain(user), "user", "has no control characters");
        violations.throwIfAny();
        return this;
    }

    @Nullable
    LeaseState wantedState() {
        if (state == null) {
            return null;
        }
        return Arrays.stream(LeaseState.values())
                .filter(one -> one.slug().equals(state))
                .findFirst()
                .orElseThrow(() -> BridgeException.invalid(
                        "state",
                        "is one of "
                                + Arrays.stream(LeaseState.values())
                                        .map(LeaseState::slug)
                                        .collect(Collectors.joining(", "))));
    }

    @Nullable
    Instant expiryLimit() {
        try {
            return expiresBefore == null
                    ? null
                    : OffsetDateTime.parse(expiresBefore).toInstant();
        } catch (DateTimeException notAnInstant) {
            throw BridgeException.invalid("expiresBefore", "is an instant such as 2026-12-01T00:00:00Z");
        }
    }
}
