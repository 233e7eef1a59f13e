package io.qlikbridge.problem;

import org.jspecify.annotations.Nullable;

/**
 * What a tenant said when it refused: the step, and the parts of its answer that are safe to show. Never its body, which
 * may hold a token.
 *
 * @param step the call that was refused, such as {@code jwt-session}
 * @param status the tenant's HTTP status
 * @param code the tenant's own error code
 * @param title the tenant's own error title
 * @param traceId the tenant's trace id, to quote to Qlik's support
 */
public record UpstreamAnswer(
        String step,
        @Nullable Integer status,
        @Nullable String code,
        @Nullable String title,
        @Nullable String traceId) {}
