package io.qlikbridge.audit;

import io.qlikbridge.auditlog.Action;
import io.qlikbridge.auditlog.AuditEntry;
import io.qlikbridge.auditlog.AuditLog;
import io.qlikbridge.oauthclient.OAuthClientDeleted;
import io.qlikbridge.oauthclient.OAuthClientPut;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Writes down what is done to the OAuth clients of connections. Listens in the transaction of the act, so both are done or neither. */
@Component
class OAuthClientAuditListener {

    private final AuditLog trail;

    OAuthClientAuditListener(AuditLog trail) {
        this.trail = trail;
    }

    @EventListener
    void on(OAuthClientPut event) {
        trail.write(AuditEntry.of(Action.OAUTH_CLIENT_PUT)
                .on(event.connection())
                .with("clientId", event.clientId())
                .with("authentication", event.authentication()));
    }

    @EventListener
    void on(OAuthClientDeleted event) {
        trail.write(
                AuditEntry.of(Action.OAUTH_CLIENT_DELETE).on(event.connection()).with("clientId", event.clientId()));
    }
}
