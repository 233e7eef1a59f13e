package io.qlikbridge.tenant;

import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.problem.UpstreamAnswer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A call to a tenant that did not give what was asked for. */
public class TenantException extends BridgeException {

    private final boolean acted;
    private final String finding;
    private final @Nullable String remedy;

    /**
     * @param mayHaveActed whether the tenant may have done what was asked all the same: true for silence and for an
     *     answer nobody can read, false for a plain refusal
     */
    public TenantException(
            ProblemCode code,
            String detail,
            @Nullable UpstreamAnswer upstream,
            @Nullable Duration retryAfter,
            boolean mayHaveActed,
            @Nullable Throwable cause) {
        super(code, detail, upstream, retryAfter, cause);
        this.acted = mayHaveActed;
        this.finding = detail;
        this.remedy = null;
    }

    /**
     * @param finding what went wrong, as sentences
     * @param remedy what to change, as sentences; callers are told both
     */
    public TenantException(
            ProblemCode code,
            String finding,
            String remedy,
            @Nullable UpstreamAnswer upstream,
            @Nullable Duration retryAfter,
            boolean mayHaveActed,
            @Nullable Throwable cause) {
        super(code, finding + " " + remedy, upstream, retryAfter, cause);
        this.acted = mayHaveActed;
        this.finding = finding;
        this.remedy = remedy;
    }

    /** What went wrong, without what to change where that is known by itself. */
    public String finding() {
        return finding;
    }

    /** What to change; {@code null} where the detail says it all. */
    public @Nullable String remedy() {
        return remedy;
    }

    /** Whether the tenant may have done what was asked all the same. */
    public boolean mayHaveActed() {
        return acted;
    }

    /** Whether the tenant no longer accepts the credential that was shown to it. */
    public boolean credentialRefused() {
        UpstreamAnswer answer = upstream();
        return code() == ProblemCode.TENANT_REFUSED
                && answer != null
                && Integer.valueOf(401).equals(answer.status());
    }
}
