package io.qlikbridge.impersonation;

import io.qlikbridge.cloudcall.CloudError;
import io.qlikbridge.cloudcall.CloudRefusals;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.Refusal;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.upstream.TenantAnswer;
import io.qlikbridge.upstream.TenantCall;
import io.qlikbridge.upstream.UpstreamErrors;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a refusal to give a token means. A tenant documents 400, 401, and 403 for a user that is disabled or has too many tokens (contract,
 * section 10), and no codes: it is understood by OAuth's (RFC 6749, section 5.2), and by words where they leave it open.
 */
final class TokenRefusals {

    private static final String CLIENT =
            "Compare the OAuth client of the connection (PUT …/oauth-client) with the one in the tenant's administration: its id, and its"
                    + " secret, or the public key of the active signing key for a client without one.";

    private static final String GRANT =
            "Let the OAuth client use the grant urn:qlik:oauth:user-impersonation in the tenant's administration, with the consent method"
                    + " \"trusted\".";

    private static final String SCOPE =
            "Give the OAuth client the scopes of the connection (scope, user_default unless set) in the tenant's administration, or ask"
                    + " for fewer.";

    private static final String DISABLED = "Enable the user in the tenant's administration.";

    private static final String TOO_MANY =
            "Wait until some of the user's access tokens have ended, or end them in the tenant's administration.";

    private TokenRefusals() {}

    static TenantException of(TenantCall call, TenantAnswer answer, Subject subject) {
        int status = answer.status().value();
        if (answer.status().is3xxRedirection()) {
            return UpstreamErrors.redirected(call, answer);
        }
        if (!answer.status().is4xxClientError() || status == 429 || answer.isPage()) {
            return refused(call, answer, Refusal.CALL, CLIENT);
        }
        CloudError error = CloudError.in(answer);
        String code = lower(error.code());
        // a subject that is said back is no word of the tenant's
        String words = Stream.of(code, lower(error.title()), lower(error.detail()))
                .collect(Collectors.joining(" "))
                .replace(lower(subject.value()), "");
        if (code.equals("invalid_scope") || has(words, "scope")) {
            return refused(call, answer, Refusal.CALL, SCOPE);
        }
        if (code.equals("unauthorized_client") || code.equals("unsupported_grant_type") || has(words, "consent")) {
            return refused(call, answer, Refusal.CALL, GRANT);
        }
        if (code.equals("invalid_client") || status == 401) {
            return refused(call, answer, Refusal.CALL, CLIENT);
        }
        if (status == 403) {
            return forbidden(call, answer, subject, words);
        }
        if (code.equals("invalid_grant")
                || has(words, "user", "subject", "lookup")
                || status == 404 && !code.isEmpty()) {
            return unknown(call, answer, subject);
        }
        return refused(call, answer, Refusal.CALL, CLIENT);
    }

    private static TenantException forbidden(TenantCall call, TenantAnswer answer, Subject subject, String words) {
        if (has(words, "not found", "no such", "does not exist", "unknown user")) {
            return unknown(call, answer, subject);
        }
        if (has(words, "disabled", "inactive", "deleted")) {
            return refused(call, answer, Refusal.SUBJECT, DISABLED);
        }
        if (has(words, "too many", "limit", "maximum", "exceed")) {
            return refused(call, answer, Refusal.TOO_MANY, TOO_MANY);
        }
        return refused(
                call,
                answer,
                Refusal.SUBJECT,
                "The user is disabled at the tenant, or has too many access tokens. " + DISABLED + " " + TOO_MANY);
    }

    private static TenantException unknown(TenantCall call, TenantAnswer answer, Subject subject) {
        TenantException told = CloudRefusals.refused(ProblemCode.USER_NOT_AT_TENANT, call, answer, "");
        return new TenantException(
                ProblemCode.USER_NOT_AT_TENANT,
                Refusal.SUBJECT,
                "The tenant knows nobody with the subject " + subject.value() + ". " + told.finding(),
                "Impersonation makes no users: add the user in the tenant's administration, or by its identity provider or SCIM, with"
                        + " this very subject.",
                told.upstream(),
                null,
                false,
                null);
    }

    private static TenantException refused(TenantCall call, TenantAnswer answer, Refusal refusal, String remedy) {
        TenantException told = CloudRefusals.refused(ProblemCode.TENANT_REFUSED, call, answer, remedy);
        return told.code() != ProblemCode.TENANT_REFUSED
                ? told
                : new TenantException(
                        told.code(),
                        refusal,
                        told.finding(),
                        answer.status().is4xxClientError() && !answer.isPage() ? remedy : told.remedy(),
                        told.upstream(),
                        told.retryAfter(),
                        told.mayHaveActed(),
                        null);
    }

    /** Whether the tenant has nothing that revokes (RFC 7009, section 2.2.1). */
    static boolean isNotServed(TenantAnswer answer) {
        return switch (answer.status().value()) {
            case 404, 405, 501 -> true;
            case 400 -> lower(CloudError.in(answer).code()).equals("unsupported_token_type");
            default -> false;
        };
    }

    static TenantException ofRevocation(TenantCall call, TenantAnswer answer) {
        return answer.status().is3xxRedirection()
                ? UpstreamErrors.redirected(call, answer)
                : refused(call, answer, Refusal.CALL, CLIENT);
    }

    private static boolean has(String words, String... some) {
        return Stream.of(some).anyMatch(words::contains);
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
