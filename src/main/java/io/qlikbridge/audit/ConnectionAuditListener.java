package io.qlikbridge.audit;

import io.qlikbridge.auditlog.Action;
import io.qlikbridge.auditlog.AuditEntry;
import io.qlikbridge.auditlog.AuditLog;
import io.qlikbridge.check.ConnectionTested;
import io.qlikbridge.connection.ConnectionCreated;
import io.qlikbridge.connection.ConnectionDeleted;
import io.qlikbridge.connection.ConnectionUpdated;
import io.qlikbridge.resealing.VaultResealed;
import io.qlikbridge.signing.CertificateEnding;
import io.qlikbridge.signing.SigningKeyActivated;
import io.qlikbridge.signing.SigningKeyAdded;
import io.qlikbridge.signing.SigningKeyDeleted;
import io.qlikbridge.tenantsetup.TenantSetUp;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Writes down what is done to connections and their keys. Listens in the transaction of the act, so both are done or neither. */
@Component
class ConnectionAuditListener {

    private static final String KID = "kid";

    private final AuditLog trail;

    ConnectionAuditListener(AuditLog trail) {
        this.trail = trail;
    }

    @EventListener
    void on(ConnectionCreated event) {
        trail.write(AuditEntry.of(Action.CONNECTION_CREATE).on(event.connection()));
    }

    @EventListener
    void on(ConnectionUpdated event) {
        trail.write(
                AuditEntry.of(Action.CONNECTION_UPDATE).on(event.connection()).with("changed", event.changed()));
    }

    @EventListener
    void on(ConnectionDeleted event) {
        trail.write(AuditEntry.of(Action.CONNECTION_DELETE).on(event.connection()));
    }

    @EventListener
    void on(ConnectionTested event) {
        AuditEntry test =
                AuditEntry.of(Action.CONNECTION_TEST).on(event.connection()).about(event.user());
        trail.write(event.passed() ? test : test.failed().with("failed", event.failed()));
    }

    @EventListener
    void on(TenantSetUp event) {
        AuditEntry setup = AuditEntry.of(Action.CONNECTION_SETUP)
                .on(event.connection())
                .about(event.user())
                .with(KID, event.kid())
                .with("dryRun", event.dryRun())
                .with("made", event.made());
        trail.write(event.passed() ? setup : setup.failed().with("failed", event.failed()));
    }

    @EventListener
    void on(SigningKeyAdded event) {
        trail.write(AuditEntry.of(Action.SIGNING_KEY_CREATE)
                .on(event.connection())
                .with(KID, event.kid())
                .with("state", event.state()));
    }

    @EventListener
    void on(SigningKeyActivated event) {
        trail.write(AuditEntry.of(Action.SIGNING_KEY_ACTIVATE)
                .on(event.connection())
                .with(KID, event.kid()));
    }

    @EventListener
    void on(CertificateEnding event) {
        trail.write(AuditEntry.of(Action.CERTIFICATE_ENDING)
                .on(event.connection())
                .with(KID, event.kid())
                .with("notAfter", event.notAfter()));
    }

    @EventListener
    void on(VaultResealed event) {
        trail.write(AuditEntry.of(Action.VAULT_RESEAL).with("key", event.key()).with("rows", event.rows()));
    }

    @EventListener
    void on(SigningKeyDeleted event) {
        trail.write(
                AuditEntry.of(Action.SIGNING_KEY_DELETE).on(event.connection()).with(KID, event.kid()));
    }
}
