package io.qlikbridge.cloudcall;

import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.problem.UpstreamAnswer;
import io.qlikbridge.tenant.Refusal;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.upstream.TenantAnswer;
import io.qlikbridge.upstream.TenantCall;
import io.qlikbridge.upstream.UpstreamErrors;
import java.time.Duration;

/** Puts into words what a tenant refused (contract, sections 2.4, 11 and 15). */
public final class CloudRefusals {

    private static final Duration PROXY_RETRY_AFTER = Duration.ofSeconds(5);

    private CloudRefusals() {}

    /** Any refusal, under the code that fits the step; 429 is the same at every step. */
    public static TenantException refused(ProblemCode code, TenantCall call, TenantAnswer answer, String remedy) {
        CloudError error = CloudError.shownOf(call, answer);
        int status = answer.status().value();
        if (status == 429) {
            Duration retryAfter = UpstreamErrors.retryAfter(answer.headers());
            return new TenantException(
                    ProblemCode.TENANT_RATE_LIMITED,
                    "Qlik limits the rate of calls at the step " + call.step() + ". "
                            + UpstreamErrors.askAgainIn(retryAfter),
                    upstream(call, status, error),
                    retryAfter,
                    false,
                    null);
        }
        Verdict verdict = Verdict.on(call, answer, error, code, remedy);
        return new TenantException(
                verdict.code(),
                refusal(verdict.code(), status),
                verdict.finding(),
                verdict.remedy(),
                upstream(call, status, error),
                verdict.code() == ProblemCode.TENANT_UNREACHABLE ? PROXY_RETRY_AFTER : null,
                call.changes() && !answer.status().is4xxClientError(),
                null);
    }

    private static Refusal refusal(ProblemCode code, int status) {
        return switch (code) {
            case TENANT_REFUSED -> status == 401 ? Refusal.CREDENTIAL : Refusal.CALL;
            case API_KEY_LIMIT_REACHED -> Refusal.TOO_MANY;
            // a tenant that does not tell its limits answers 403 for too many keys as for a missing permission
            case API_KEY_REFUSED -> status == 403 ? Refusal.TOO_MANY : Refusal.SUBJECT;
            case ASSERTION_REFUSED -> Refusal.SUBJECT;
            default -> Refusal.CALL;
        };
    }

    private static UpstreamAnswer upstream(TenantCall call, int status, CloudError error) {
        return new UpstreamAnswer(call.step(), status, error.code(), error.title(), error.traceId());
    }
}
