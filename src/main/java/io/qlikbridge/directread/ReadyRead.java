package io.qlikbridge.directread;

import io.qlikbridge.http1.AnswerHead;
import io.qlikbridge.upstream.TenantCall;
import org.jspecify.annotations.Nullable;

/** A read that is allowed, and the call that answers it. */
public interface ReadyRead {

    /** The template of the address, for whoever measures requests by their route. */
    String route();

    TenantCall call();

    /**
     * What to make of an answer that begins.
     *
     * @return {@code null} for one that is not the plain success it should be
     * @throws RuntimeException for one that cannot be read
     */
    @Nullable
    AnswerForm answered(AnswerHead head);
}
