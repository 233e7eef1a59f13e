package io.qlikbridge.failure;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.qlikbridge.problem.UpstreamAnswer;
import io.qlikbridge.problem.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of every answer that tells of a failure (RFC 9457).
 *
 * @param type {@code urn:qlik-bridge:problem:} and the code
 * @param instance the path that was asked for
 * @param errors each thing that is wrong with the request, when it is known in parts
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String code,
        String requestId,
        @Nullable Upstream upstream,
        List<Violation> errors) {

    /** What the tenant said, without the parts it did not say. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Upstream(
            String step,
            @Nullable Integer status,
            @Nullable String code,
            @Nullable String title,
            @Nullable String traceId) {

        static @Nullable Upstream of(@Nullable UpstreamAnswer answer) {
            return answer == null
                    ? null
                    : new Upstream(answer.step(), answer.status(), answer.code(), answer.title(), answer.traceId());
        }
    }
}
