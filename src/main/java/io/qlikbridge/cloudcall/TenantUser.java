package io.qlikbridge.cloudcall;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.Refusal;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.upstream.TenantCall;
import io.qlikbridge.upstream.UpstreamErrors;
import io.qlikbridge.upstream.Wanted;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Asks a tenant whom a credential is for (contract, section 6.1). */
@Component
public class TenantUser {

    private static final Wanted ME = Wanted.values("id", "subject");

    private final CloudDocuments documents;

    TenantUser(CloudDocuments documents) {
        this.documents = documents;
    }

    /**
     * The tenant's answer to who one is.
     *
     * @param signedIn headers that show the credential
     */
    public JsonNode me(Connection connection, HttpHeaders signedIn) {
        return documents.get(call(connection, signedIn), ME);
    }

    /** The tenant's own id of the user. */
    public String id(Connection connection, HttpHeaders signedIn) {
        return id(connection, signedIn, me(connection, signedIn));
    }

    /**
     * The tenant's own id of the user, who is this very subject: a tenant looks subjects up without regard to case, and two that differ
     * in it are two people (contract, section 6.2).
     *
     * @throws TenantException {@code user-not-at-tenant}, when it is somebody else
     */
    public String require(Connection connection, HttpHeaders signedIn, Subject subject) {
        JsonNode me = me(connection, signedIn);
        String id = id(connection, signedIn, me);
        if (!subject.value().equals(me.path("subject").asString(""))) {
            throw new TenantException(
                    ProblemCode.USER_NOT_AT_TENANT,
                    Refusal.SUBJECT,
                    "The tenant signed in somebody else than " + subject.value() + ".",
                    "Look in the tenant's user administration for users whose subject differs in case or whose e-mail is shared.",
                    null,
                    null,
                    false,
                    null);
        }
        return id;
    }

    private static String id(Connection connection, HttpHeaders signedIn, JsonNode me) {
        String id = me.path("id").asString("");
        if (id.isEmpty()) {
            throw UpstreamErrors.unreadable(call(connection, signedIn), "it does not say who signed in");
        }
        return id;
    }

    private static TenantCall call(Connection connection, HttpHeaders signedIn) {
        return CloudCall.get(connection, "users-me", "/api/v1/users/me", signedIn);
    }
}
