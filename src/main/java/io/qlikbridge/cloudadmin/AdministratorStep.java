package io.qlikbridge.cloudadmin;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.probe.ProbeOutcome;
import io.qlikbridge.setup.SetupFinding;
import io.qlikbridge.upstream.Wanted;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Finds out whether a credential is an administrator's, by something that only administrators may read, and of which tenant. */
@Component
class AdministratorStep {

    private static final Pattern TENANT_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final AdminSignIn signIn;
    private final AdminCalls calls;

    AdministratorStep(AdminSignIn signIn, AdminCalls calls) {
        this.signIn = signIn;
        this.calls = calls;
    }

    SetupFinding take(AdminVisit visit) {
        Connection connection = visit.connection();
        AdminCredential credential = (AdminCredential) visit.order().credential();
        HttpHeaders signedIn = signIn.headers(connection, credential);
        // redirects to the tenant's resource (contract, section 6.3)
        String tenant = calls.get(connection, signedIn, "tenant", "/api/v1/tenants/me", Wanted.values("id"))
                .path("id")
                .asString("");
        if (!TENANT_ID.matcher(tenant).matches()) {
            throw ProbeOutcome.failed(
                    "The host does not say which tenant it is.",
                    "Check that the host of the connection is a Qlik Cloud tenant and that no proxy answers in its place.");
        }
        calls.get(connection, signedIn, "administrator", IdentityProviderStep.PATH + "?limit=1", Wanted.NOTHING);
        visit.entered(signedIn, tenant);
        String who = switch (credential) {
            case AdminCredential.ApiKey key -> "The API key";
            case AdminCredential.OAuthClient client -> "The OAuth client " + client.id();
        };
        return SetupFinding.passed(who + " may administer the tenant " + tenant + ".", null);
    }
}
