package io.qlikbridge.qlikcloud;

import io.qlikbridge.trace.OpenSpan;

/** A call that is under way, until it is closed. */
final class WatchedCall implements AutoCloseable {

    private static final int FIRST_REFUSAL = 400;

    private final CloudCall call;
    private final CallMeters meters;
    private final OpenSpan span;
    private final long start = System.nanoTime();
    private int status = CallMeters.NO_ANSWER;

    WatchedCall(CloudCall call, CallMeters meters, OpenSpan span) {
        this.call = call;
        this.meters = meters;
        this.span = span;
    }

    void answered(int status) {
        this.status = status;
    }

    /** Names as OpenTelemetry's conventions for HTTP clients have them. */
    @Override
    public void close() {
        meters.called(call, status, start);
        if (status == CallMeters.NO_ANSWER) {
            span.failed("no-answer");
        } else {
            span.tag("http.response.status_code", status);
            if (status >= FIRST_REFUSAL) {
                span.failed(Integer.toString(status));
            }
        }
        span.close();
    }
}
