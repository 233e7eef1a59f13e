package io.qlikbridge.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;

/** A span that has begun on this thread, and ends on it when it is closed. */
public final class OpenSpan implements AutoCloseable {

    static final OpenSpan TO_NOBODY = new OpenSpan(Span.getInvalid(), Scope.noop());

    private final Span span;
    private final Scope scope;

    OpenSpan(Span span, Scope scope) {
        this.span = span;
        this.scope = scope;
    }

    /** @param value no secret, and nothing of a caller's that is not checked */
    public void tag(String key, String value) {
        span.setAttribute(key, value);
    }

    public void tag(String key, long value) {
        span.setAttribute(key, value);
    }

    /** @param type what went wrong, as one of few words (OpenTelemetry's {@code error.type}) */
    public void failed(String type) {
        span.setAttribute("error.type", type);
        span.setStatus(StatusCode.ERROR);
    }

    @Override
    public void close() {
        scope.close();
        span.end();
    }
}
