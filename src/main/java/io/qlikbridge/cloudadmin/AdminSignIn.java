package io.qlikbridge.cloudadmin;

import io.qlikbridge.cloudcall.CloudDocuments;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.received.BearerToken;
import io.qlikbridge.upstream.TenantCall;
import io.qlikbridge.upstream.UpstreamErrors;
import io.qlikbridge.upstream.Wanted;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Lets an administrator in, by an API key or as an OAuth client (contract, section 10). */
@Component
class AdminSignIn {

    private static final Wanted TOKEN = Wanted.values("access_token");

    private static final String TOKEN_REMEDY =
            "Look in the tenant's administration, under OAuth, whether there is a client of this id, whether the secret is one of its, and"
                    + " whether it is of the type \"Web\" or \"Native\" with machine-to-machine (client credentials) allowed.";

    private final AdminCalls calls;
    private final CloudDocuments documents;

    AdminSignIn(AdminCalls calls, CloudDocuments documents) {
        this.calls = calls;
        this.documents = documents;
    }

    /** The headers that show a credential; an OAuth client is first given an access token (contract, section 10). */
    HttpHeaders headers(Connection connection, AdminCredential credential) {
        HttpHeaders headers = new HttpHeaders();
        headers.setBearerAuth(
                switch (credential) {
                    case AdminCredential.ApiKey key -> key.token();
                    case AdminCredential.OAuthClient client -> accessToken(connection, client);
                });
        return headers;
    }

    private String accessToken(Connection connection, AdminCredential.OAuthClient client) {
        TenantCall call = calls.post(
                connection,
                "token",
                "/oauth/token",
                new HttpHeaders(),
                Map.of("grant_type", "client_credentials", "client_id", client.id(), "client_secret", client.secret()));
        String token = documents
                .change(call, TOKEN, ProblemCode.TENANT_REFUSED, TOKEN_REMEDY)
                .path("access_token")
                .asString("");
        if (!BearerToken.isFit(token)) {
            throw UpstreamErrors.unreadable(call, "it has no access token");
        }
        return token;
    }
}
