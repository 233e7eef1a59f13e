package io.qlikbridge.audit;

import io.qlikbridge.auditlog.Action;
import io.qlikbridge.auditlog.AuditEntry;
import io.qlikbridge.auditlog.AuditLog;
import io.qlikbridge.signin.ClientNotSignedIn;
import io.qlikbridge.signin.ClientSignedIn;
import io.qlikbridge.signin.PersonNotSignedIn;
import io.qlikbridge.signin.PersonSignedIn;
import io.qlikbridge.username.Username;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Writes down admins' sign-ins, wrong secrets, and who came back from an issuer in vain: the first of its kind from an address at once,
 * and how many came after it. All
 * clients that do not exist are counted together, so that a flood of names that are made up is bounded, and hides none that exists.
 */
@Component
class SignInAuditListener extends CountedRefusals<SignInAuditListener.Failure> {

    private static final Logger log = LoggerFactory.getLogger(SignInAuditListener.class);
    private static final String CLIENT = "clientId";
    private static final String ADDRESS = "address";

    /** Of what all those count together that are no client. No client has this name. */
    private static final String NOBODY = "";

    /** Begins what people are counted by. No client's name has a blank. */
    private static final String PERSON = "person ";

    /**
     * What makes failures equal.
     *
     * @param person who came back from an issuer, and why in vain; {@code null} where a client came
     */
    record Failure(
            @Nullable String clientId,
            @Nullable Person person,
            @Nullable String address) {}

    /** @param username {@code null} where the issuer vouched for nobody */
    record Person(String issuer, String reason, @Nullable Username username) {}

    private final AuditLog trail;

    SignInAuditListener(AuditLog trail, Clock clock) {
        super("sign-in-trail", clock);
        this.trail = trail;
    }

    @EventListener
    void on(ClientSignedIn event) {
        trail.write(
                AuditEntry.of(Action.CLIENT_SIGN_IN)
                        .with(CLIENT, event.clientId())
                        .with(ADDRESS, event.address()),
                "client:" + event.clientId());
    }

    @EventListener
    void on(PersonSignedIn event) {
        trail.write(
                AuditEntry.of(Action.USER_SIGN_IN)
                        .about(event.username())
                        .with("issuer", event.issuer())
                        .with(ADDRESS, event.address()),
                "user:" + event.username());
    }

    @EventListener
    void on(ClientNotSignedIn event) {
        String clientId = event.clientId();
        String counted = event.known() && clientId != null ? clientId : NOBODY;
        writeFirst(counted, new Failure(clientId, null, event.address()));
    }

    /** Those for whom their issuer vouched are counted each for themselves, all others at an issuer together. */
    @EventListener
    void on(PersonNotSignedIn event) {
        Person person = new Person(event.issuer(), event.reason(), event.username());
        writeFirst(
                PERSON + (event.username() == null ? event.issuer() : event.username()),
                new Failure(null, person, event.address()));
    }

    private void writeFirst(String counted, Failure failure) {
        if (isFirst(counted, failure)) {
            try {
                // nobody has signed in, so the bridge tells
                trail.write(entry(failure), AuditLog.BRIDGE);
            } catch (RuntimeException untold) {
                // whoever was refused stays so
                log.error("A failed sign-in could not be written into the audit", untold);
            }
        }
    }

    @Override
    void write(RefusalCounts.Counted<Failure> counted) {
        Failure failure = counted.kind();
        String of = NOBODY.equals(counted.actor()) ? null : counted.actor();
        AuditEntry entry = failure == null ? several(of) : entry(failure);
        trail.write(entry.with("count", counted.count()).with("since", counted.since()), AuditLog.BRIDGE);
    }

    private static AuditEntry several(@Nullable String of) {
        return of != null && of.startsWith(PERSON)
                ? AuditEntry.of(Action.USER_SIGN_IN).failed()
                : entry(new Failure(of, null, null));
    }

    private static AuditEntry entry(Failure failure) {
        Person person = failure.person();
        if (person != null) {
            return AuditEntry.of(Action.USER_SIGN_IN)
                    .about(person.username())
                    .failed()
                    .with("issuer", person.issuer())
                    .with("reason", person.reason())
                    .with(ADDRESS, failure.address());
        }
        return AuditEntry.of(Action.CLIENT_SIGN_IN)
                .failed()
                .with(CLIENT, failure.clientId())
                .with(ADDRESS, failure.address());
    }
}
