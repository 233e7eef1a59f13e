package io.qlikbridge.tenant;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.subject.Subject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows which credentials a tenant keeps for a subject. Only deployments that keep credentials have one. */
public interface CredentialInventory {

    /**
     * Goes to the tenant as the subject, with one sign-in for all that is done there.
     *
     * @param held a credential of this very subject, shown in place of a sign-in; the tenant may refuse it
     */
    Visit visit(Connection connection, Subject subject, @Nullable IssuedCredential held);

    /** What can be seen and done on one visit. Each call may throw a {@link TenantException}. */
    interface Visit {

        /** The subject's credentials that are still accepted and whose description begins like this. */
        List<Kept> described(String beginning);

        /** Ends one of them; one that is gone meanwhile is ended. */
        void end(Kept credential);
    }

    /**
     * A credential as the tenant lists it: without the secret, which is shown once and never again.
     *
     * @param id the tenant's own id of it, to end it by
     * @param description what it was made with
     */
    record Kept(String id, String description) {}
}
