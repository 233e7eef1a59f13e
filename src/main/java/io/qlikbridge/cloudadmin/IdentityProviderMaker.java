package io.qlikbridge.cloudadmin;

import io.qlikbridge.setup.SetupFinding;
import io.qlikbridge.signing.SigningKey;
import io.qlikbridge.tenant.TenantException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes identity providers (contract, section 8): with ordinary PEM and, where the tenant refuses that, with a single line. What is
 * beside the documented properties is in all of Qlik's own samples.
 */
@Component
class IdentityProviderMaker {

    /** How far the clocks may differ, in seconds. */
    private static final int CLOCK_TOLERANCE = 30;

    private final AdminCalls calls;

    IdentityProviderMaker(AdminCalls calls) {
        this.calls = calls;
    }

    /**
     * @param look finds what was made although the answer was lost; {@code null} for nothing
     * @return the tenant's id of it
     */
    String make(AdminVisit visit, SigningKey key, String issuer, Supplier<@Nullable SetupFinding> look) {
        String pem = key.certificate().replace("\r", "").strip();
        try {
            return post(visit, key.kid(), issuer, pem);
        } catch (TenantException refusal) {
            if (refusal.mayHaveActed()) {
                return lookedUp(refusal, look);
            }
            if (!AdminCalls.isAnswer(refusal, 400)) {
                throw refusal;
            }
            return onOneLine(visit, key.kid(), issuer, pem, refusal, look);
        }
    }

    private String onOneLine(
            AdminVisit visit,
            String kid,
            String issuer,
            String pem,
            TenantException before,
            Supplier<@Nullable SetupFinding> look) {
        try {
            return post(visit, kid, issuer, pem.replace("\n", ""));
        } catch (TenantException refusal) {
            if (refusal.mayHaveActed()) {
                return lookedUp(refusal, look);
            }
            // the form was not the reason, so the first answer tells more
            throw AdminCalls.isAnswer(refusal, 400) ? before : refusal;
        }
    }

    private static String lookedUp(TenantException silence, Supplier<@Nullable SetupFinding> look) {
        SetupFinding found = look.get();
        if (found == null || found.id() == null) {
            throw silence;
        }
        return found.id();
    }

    private String post(AdminVisit visit, String kid, String issuer, String pem) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("protocol", "jwtAuth");
        body.put("provider", "external");
        body.put("interactive", false);
        body.put("active", true);
        body.put("tenantIds", List.of(visit.tenantId()));
        body.put("description", "Qlik Identity Bridge, " + visit.connection().id() + ", " + kid);
        body.put("clockToleranceSec", CLOCK_TOLERANCE);
        body.put(
                "options",
                Map.of(
                        "jwtLoginEnabled",
                        true,
                        "issuer",
                        issuer,
                        "staticKeys",
                        List.of(Map.of("kid", kid, "pem", pem))));
        return calls.make(visit.connection(), visit.signedIn(), "identity-provider", IdentityProviderStep.PATH, body);
    }
}
