package io.qlikbridge.audit;

import io.qlikbridge.auditlog.Action;
import io.qlikbridge.auditlog.AuditEntry;
import io.qlikbridge.auditlog.AuditLog;
import io.qlikbridge.client.ClientAdded;
import io.qlikbridge.client.ClientDeleted;
import io.qlikbridge.client.ClientSecretRenewed;
import io.qlikbridge.client.Scope;
import io.qlikbridge.subject.UserCreated;
import io.qlikbridge.subject.UserDeleted;
import io.qlikbridge.subject.UserUpdated;
import io.qlikbridge.userimport.UsersImported;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Writes down what is done to users and clients. Listens in the transaction of the act, so both are done or neither.
 */
@Component
class UserAuditListener {

    private static final String CLIENT = "clientId";
    private static final String USER = "userId";
    private static final int MOST_ENTRIES = 100;

    private final AuditLog trail;

    UserAuditListener(AuditLog trail) {
        this.trail = trail;
    }

    @EventListener
    void on(UserCreated event) {
        trail.write(AuditEntry.of(Action.USER_CREATE)
                .about(event.username())
                .with(USER, event.id())
                .with("after", event.after()));
    }

    @EventListener
    void on(UserUpdated event) {
        boolean renamed = !event.formerUsername().equals(event.username());
        trail.write(AuditEntry.of(Action.USER_UPDATE)
                .about(event.username())
                .with(USER, event.id())
                .with("changed", event.changed())
                .with("enabled", event.enabled())
                .with("formerUsername", renamed ? event.formerUsername() : null)
                .with("before", event.before())
                .with("after", event.after()));
    }

    @EventListener
    void on(UserDeleted event) {
        trail.write(AuditEntry.of(Action.USER_DELETE)
                .about(event.username())
                .with(USER, event.id())
                .with("before", event.before()));
    }

    @EventListener
    void on(UsersImported event) {
        trail.writeImported();
        trail.write(AuditEntry.of(Action.USER_IMPORT)
                .with("created", event.created())
                .with("updated", event.updated())
                .with("unchanged", event.unchanged()));
    }

    @EventListener
    void on(ClientAdded event) {
        trail.write(AuditEntry.of(Action.CLIENT_CREATE)
                .with(CLIENT, event.clientId())
                .with(
                        "scopes",
                        event.scopes().stream().sorted().map(Scope::value).toList())
                .with("users", event.users().stream().limit(MOST_ENTRIES).toList())
                .with("userCount", event.users().size())
                .with(
                        "connections",
                        event.connections().stream().limit(MOST_ENTRIES).toList()));
    }

    @EventListener
    void on(ClientSecretRenewed event) {
        trail.write(AuditEntry.of(Action.CLIENT_RENEW_SECRET).with(CLIENT, event.clientId()));
    }

    @EventListener
    void on(ClientDeleted event) {
        trail.write(AuditEntry.of(Action.CLIENT_DELETE).with(CLIENT, event.clientId()));
    }
}
