package io.qlikbridge.problem;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A failure that a caller is told about. The message is shown as it is, so it holds no secret. Of what a tenant answered
 * it may repeat the error's own words, after they were cut short and freed of what looks like a token, and nothing else;
 * the cause is for the log alone.
 */
public class BridgeException extends RuntimeException {

    private final ProblemCode code;
    private final @Nullable UpstreamAnswer upstream;
    private final @Nullable Duration retryAfter;
    private final List<Violation> violations;

    public BridgeException(ProblemCode code, String detail) {
        this(code, detail, null, null, null);
    }

    /**
     * @param upstream what the tenant said, when it answered
     * @param retryAfter when it is worth asking again; rounded up to whole seconds in the answer
     */
    public BridgeException(
            ProblemCode code,
            String detail,
            @Nullable UpstreamAnswer upstream,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        this(code, detail, upstream, retryAfter, List.of(), cause);
    }

    private BridgeException(
            ProblemCode code,
            String detail,
            @Nullable UpstreamAnswer upstream,
            @Nullable Duration retryAfter,
            List<Violation> violations,
            @Nullable Throwable cause) {
        super(detail, cause);
        this.code = code;
        this.upstream = upstream;
        this.retryAfter = retryAfter;
        this.violations = List.copyOf(violations);
    }

    /** {@code invalid-request} at one place. */
    public static BridgeException invalid(String pointer, String detail) {
        return invalid(List.of(new Violation(pointer, detail)));
    }

    /** {@code invalid-request} with all that is wrong. */
    public static BridgeException invalid(List<Violation> violations) {
        String detail = violations.stream()
                .map(violation -> violation.pointer() + ": " + violation.detail())
                .collect(Collectors.joining("; "));
        return new BridgeException(ProblemCode.INVALID_REQUEST, detail, null, null, violations, null);
    }

    public ProblemCode code() {
        return code;
    }

    /** What to change, in words that may be shown to the caller. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    public @Nullable UpstreamAnswer upstream() {
        return upstream;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    public List<Violation> violations() {
        return violations;
    }
}
