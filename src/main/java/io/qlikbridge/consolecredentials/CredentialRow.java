package io.qlikbridge.consolecredentials;

import io.qlikbridge.leaseadmin.LeaseView;
import org.jspecify.annotations.Nullable;

/**
 * A credential as a page shows it; never its token.
 *
 * @param kind what it is, such as {@code session}; {@code null} for one that was not issued
 * @param tone how good or bad its state is: {@code ok}, {@code warn}, {@code bad} or {@code idle}
 */
record CredentialRow(LeaseView lease, @Nullable String kind, String tone) {

    static CredentialRow of(LeaseView lease, @Nullable String kind) {
        return new CredentialRow(
                lease,
                kind,
                switch (lease.state()) {
                    case ACTIVE -> "ok";
                    case REVOKING -> "warn";
                    case FAILED -> "bad";
                    case ISSUING, SUPERSEDED, REVOKED, EXPIRED -> "idle";
                });
    }
}
