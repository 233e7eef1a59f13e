package io.qlikbridge.cloudsession;

import io.qlikbridge.cloudcall.Patience;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.signing.SigningKeys;
import io.qlikbridge.subject.Subject;
import org.springframework.stereotype.Component;

/** Signs subjects in at a tenant, each time with an assertion of its own: one that was refused may count as used. */
@Component
public class CloudSignIns {

    private final SigningKeys keys;
    private final AssertionClaims claims;
    private final CloudSessions sessions;
    private final Patience patience;

    CloudSignIns(SigningKeys keys, AssertionClaims claims, CloudSessions sessions, Patience patience) {
        this.keys = keys;
        this.claims = claims;
        this.sessions = sessions;
        this.patience = patience;
    }

    /** Opens a session with the active signing key. */
    public CloudSession signIn(Connection connection, Subject subject) {
        return sessions.login(connection, keys.sign(connection, claims.about(subject, connection)));
    }

    /**
     * The same for somebody who waits for it.
     *
     * @param proceed called before each call
     */
    public CloudSession signIn(Connection connection, Subject subject, Runnable proceed) {
        return patience.with(proceed, () -> signIn(connection, subject));
    }
}
