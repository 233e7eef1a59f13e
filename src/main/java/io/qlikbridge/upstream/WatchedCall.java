package io.qlikbridge.upstream;

import io.qlikbridge.trace.OpenSpan;
import java.io.IOException;
import java.time.Duration;

/** A call that is under way, until it is closed. */
final class WatchedCall implements AutoCloseable {

    private static final int FIRST_REFUSAL = 400;

    private final TenantCall call;
    private final CallWatch watch;
    private final OpenSpan span;
    private final long start = System.nanoTime();
    private int status = CallMeters.NO_ANSWER;
    private boolean heard;

    WatchedCall(TenantCall call, CallWatch watch, OpenSpan span) {
        this.call = call;
        this.watch = watch;
        this.span = span;
    }

    /** Its answer begins. */
    void heard() {
        heard = true;
        watch.heard(call);
    }

    void failed(IOException failure) {
        if (!heard) {
            watch.failed(call, failure, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /** Its answer is here. */
    void answered(int status) {
        this.status = status;
    }

    /** Names as OpenTelemetry's conventions for HTTP clients have them. */
    @Override
    public void close() {
        watch.meters().called(call, status, start);
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
