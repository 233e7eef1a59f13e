package io.qlikbridge.lease;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The states of a lease from its request to its end, and which may follow which. The first and the last are those of an
 * attempt, and what its row of {@code issue_attempt} says; the others stand in {@code lease.state}, whose type in the
 * database has these five values and no other.
 */
public enum LeaseState {
    /** An attempt is under way: one replica has the claim to have it issued. */
    ISSUING,
    /** In use. A user has one such lease on a connection at most. */
    ACTIVE,
    /** Another has taken its place. Still good at the tenant for those it was handed to, and taken into use again at need. */
    SUPERSEDED,
    /** Not in use any more, and to be ended at the tenant, which is told until it agrees. */
    REVOKING,
    /** Ended at the tenant before its time. */
    REVOKED,
    /** Ended by time. */
    EXPIRED,
    /** Was never issued. */
    FAILED;

    /** Those whose tokens somebody may be using. */
    public static final Set<LeaseState> USABLE = setOf(ACTIVE, SUPERSEDED);

    /** Those whose keys the tenant may still accept. */
    public static final Set<LeaseState> LIVING = setOf(ACTIVE, SUPERSEDED, REVOKING);

    /** Those of a lease that has ended, and is kept for its history alone. */
    public static final Set<LeaseState> ENDED = setOf(REVOKED, EXPIRED);

    private static Set<LeaseState> setOf(LeaseState first, LeaseState... others) {
        return Collections.unmodifiableSet(EnumSet.of(first, others));
    }

    /** Whether a lease of this state may be of that state next. */
    public boolean canBecome(LeaseState next) {
        return switch (this) {
            case ISSUING -> next == ACTIVE || next == FAILED;
            case ACTIVE -> next == SUPERSEDED || next == REVOKING || next == EXPIRED;
            case SUPERSEDED -> next == ACTIVE || next == REVOKING || next == EXPIRED;
            case REVOKING -> next == REVOKED || next == EXPIRED;
            case REVOKED, EXPIRED, FAILED -> false;
        };
    }

    /** The states from which a lease may come to this one. */
    public Set<LeaseState> sources() {
        return Arrays.stream(values())
                .filter(state -> state.canBecome(this))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(LeaseState.class)));
    }

    /** The state as a literal of SQL, such as {@code 'ACTIVE'}: indexes on the leases of one state need one. */
    public String sql() {
        return "'" + name() + "'";
    }

    /** States as a list of literals, such as {@code 'ACTIVE', 'SUPERSEDED'}. */
    public static String sql(Collection<LeaseState> states) {
        return states.stream().map(LeaseState::sql).collect(Collectors.joining(", "));
    }

    /** The state as it stands in an answer, such as {@code active}. */
    @JsonValue
    public String slug() {
        return name().toLowerCase(Locale.ROOT);
    }
}
