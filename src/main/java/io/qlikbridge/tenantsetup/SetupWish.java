package io.qlikbridge.tenantsetup;

import io.qlikbridge.connection.ConnectionRequest;
import io.qlikbridge.problem.PlainText;
import io.qlikbridge.problem.Violations;
import io.qlikbridge.setup.SetupCredential;
import io.qlikbridge.setup.TenantSetup;
import io.qlikbridge.username.Username;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an admin asks for.
 *
 * @param kid the signing key that the tenant is to trust; {@code null} for the active one
 * @param user whom to test the connection with; {@code null} for nobody
 */
record SetupWish(
        SetupCredential credential,
        @Nullable String kid,
        @Nullable Username user,
        boolean dryRun) {

    private static final int LONGEST_KID = 255;

    /** @throws io.qlikbridge.problem.BridgeException {@code invalid-request} with all that is wrong, of which no value is repeated */
    static SetupWish read(TenantSetup setup, Map<String, JsonNode> sent) {
        Violations violations = new Violations();
        ConnectionRequest request = new ConnectionRequest(sent, violations);
        Optional<ConnectionRequest> authorization = request.requiredObject("authorization");
        Optional<SetupCredential> credential = authorization.flatMap(setup::credential);
        authorization.ifPresent(ConnectionRequest::refuseUnknown);
        Optional<String> kid = request.text("kid", text -> PlainText.checked(text, LONGEST_KID));
        Optional<Username> user = request.text("user", Username::new);
        boolean dryRun = request.flag("dryRun").orElse(false);
        request.refuseUnknown();
        violations.throwIfAny();
        return new SetupWish(credential.orElseThrow(), kid.orElse(null), user.orElse(null), dryRun);
    }
}
