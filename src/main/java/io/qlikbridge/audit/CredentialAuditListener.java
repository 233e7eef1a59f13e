package io.qlikbridge.audit;

import io.qlikbridge.auditlog.Action;
import io.qlikbridge.auditlog.AuditEntry;
import io.qlikbridge.auditlog.AuditLog;
import io.qlikbridge.claim.LeaseNotIssued;
import io.qlikbridge.issuing.LeaseIssued;
import io.qlikbridge.lease.LeaseEnded;
import io.qlikbridge.orphan.OrphanDeleted;
import io.qlikbridge.token.TokenHandedOut;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Writes down what becomes of the tenants' credentials. Listens in the transaction of the act, so both are done or neither. */
@Component
class CredentialAuditListener {

    private static final String LEASE = "leaseId";
    private static final String SUBJECT = "subject";
    private static final String QLIK_KEY = "qlikKeyId";
    private static final String EXPIRES_AT = "expiresAt";

    private final AuditLog trail;

    CredentialAuditListener(AuditLog trail) {
        this.trail = trail;
    }

    @EventListener
    void on(LeaseIssued event) {
        trail.write(AuditEntry.of(action(event.renewed()))
                .on(event.connection())
                .about(event.user())
                .with(LEASE, event.lease())
                .with(SUBJECT, event.subject())
                .with(QLIK_KEY, event.qlikKeyId())
                .with(EXPIRES_AT, event.expiresAt()));
    }

    @EventListener
    void on(LeaseNotIssued event) {
        trail.write(AuditEntry.of(action(event.renewal()))
                .on(event.connection())
                .about(event.user())
                .with(SUBJECT, event.subject())
                .failed(event.code()));
    }

    /** Two rows for most: revoking is begun, and later the tenant agrees. */
    @EventListener
    void on(LeaseEnded event) {
        trail.write(AuditEntry.of(Action.LEASE_REVOKE)
                .on(event.connection())
                .about(event.user())
                .with(LEASE, event.lease())
                .with("state", event.state().slug())
                .with("reason", event.reason()));
    }

    @EventListener
    void on(OrphanDeleted event) {
        trail.write(AuditEntry.of(Action.LEASE_ORPHAN_DELETE)
                .on(event.connection())
                .about(event.user())
                .with(SUBJECT, event.subject())
                .with(QLIK_KEY, event.qlikKeyId()));
    }

    @EventListener
    void on(TokenHandedOut event) {
        TokenHandedOut.Grant grant = event.grant();
        trail.write(AuditEntry.of(Action.TOKEN_HAND_OUT)
                .on(event.connection())
                .about(event.user())
                .with(LEASE, event.lease())
                .with(SUBJECT, event.subject())
                .with("promisedUntil", event.promisedUntil())
                .with(EXPIRES_AT, event.expiresAt())
                .with("grant", grant == null ? null : grant.type())
                .with("issuer", grant == null ? null : grant.issuer()));
    }

    private static Action action(boolean renewal) {
        return renewal ? Action.LEASE_RENEW : Action.LEASE_ISSUE;
    }
}
