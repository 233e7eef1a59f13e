package io.qlikbridge.tenant;

import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.problem.UpstreamAnswer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A call to a tenant that did not give what was asked for. */
public class TenantException extends BridgeException {

    private final Refusal refusal;
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
        this(code, Refusal.CALL, detail, null, upstream, retryAfter, mayHaveActed, cause);
    }

    /**
     * @param refusal what was refused
     * @param finding what went wrong, as sentences
     * @param remedy what to change, as sentences; callers are told both. {@code null} where the finding says it all
     */
    public TenantException(
            ProblemCode code,
            Refusal refusal,
            String finding,
            @Nullable String remedy,
            @Nullable UpstreamAnswer upstream,
            @Nullable Duration retryAfter,
            boolean mayHaveActed,
            @Nullable Throwable cause) {
        super(code, remedy == null ? finding : finding + " " + remedy, upstream, retryAfter, cause);
        this.refusal = refusal;
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

    /** What was refused. */
    public Refusal refusal() {
        return refusal;
    }

    /** Whether the tenant no longer accepts the credential that was shown to it. */
    public boolean credentialRefused() {
        return refusal == Refusal.CREDENTIAL;
    }
}
