package io.qlikbridge.cloudsession;

import io.qlikbridge.cloudcall.CloudCall;
import io.qlikbridge.cloudcall.KeptSession;
import io.qlikbridge.cloudcall.TenantUser;
import io.qlikbridge.cloudsettings.CloudSettings;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.Credential;
import io.qlikbridge.tenant.CredentialIssuer;
import io.qlikbridge.tenant.IssuedCredential;
import io.qlikbridge.tenant.Terms;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Sessions as the credentials that a tenant issues, for tenants whose users may not make API keys. When one has been idle for too long,
 * only the tenant knows; how long it lasts in all, the connection says. The tenant has no call to end one (contract, section 3).
 */
@Component
public class SessionIssuer implements CredentialIssuer {

    /** The one in use, and the one that takes its place before it ends. */
    private static final int SESSIONS_OF_A_USER = 2;

    private static final String ID = "session-";

    private final CloudSignIns signIns;
    private final TenantUser users;
    private final Clock clock;

    SessionIssuer(CloudSignIns signIns, TenantUser users, Clock clock) {
        this.signIns = signIns;
        this.users = users;
        this.clock = clock;
    }

    @Override
    public IssuedCredential issue(Connection connection, Subject subject, String description, Runnable proceed) {
        Instant begun = clock.instant();
        CloudSession session = signIns.signIn(connection, subject, proceed);
        // the id is ours: that of the tenant is the secret
        Credential credential = new Credential(
                ID + UUID.randomUUID(), KeptSession.of(session.cookieHeader()), begun.plus(lifespan(connection)));
        proceed.run();
        return new IssuedCredential(credential, users.require(connection, CloudCall.showing(credential), subject));
    }

    @Override
    public Terms terms(Connection connection) {
        Duration lifespan = lifespan(connection);
        return new Terms(
                lifespan,
                lifespan,
                SESSIONS_OF_A_USER,
                true,
                "sessions of connection " + connection.id() + " last " + lifespan + " at most",
                "raise maxUserSessionLifespanMinutes of the tenant and PUT the connection again with that sessionLifespan");
    }

    /** Whether the credential of this id is one of ours. */
    public static boolean issued(String credentialId) {
        return credentialId.startsWith(ID);
    }

    private static Duration lifespan(Connection connection) {
        return CloudSettings.of(connection).sessionLifespan().duration();
    }
}
