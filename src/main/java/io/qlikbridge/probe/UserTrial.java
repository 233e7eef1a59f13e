package io.qlikbridge.probe;

import io.qlikbridge.subject.Subject;
import java.time.Instant;

/** What a connection test does through the bridge, as any request of the user would. What it leaves behind is the user's. */
public interface UserTrial {

    /** Has a credential issued to the subject, whether or not it holds one already. */
    Obtained obtain(Subject subject);

    /** Lists the subject's apps; says what was found. */
    String listApps(Subject subject);

    /**
     * A credential that was issued.
     *
     * @param id as the tenant knows it
     */
    record Obtained(String id, Instant expiresAt) {}
}
