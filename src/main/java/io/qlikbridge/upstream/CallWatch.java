package io.qlikbridge.upstream;

import io.qlikbridge.trace.OpenSpan;
import io.qlikbridge.trace.RequestId;
import io.qlikbridge.trace.Spans;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.apache.hc.core5.http.HttpMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Follows calls to tenants: measures each, gives it a span, names to the tenant the request that it is made for, and
 * learns whether the tenant answers at all.
 */
@Component
class CallWatch {

    private final CallMeters meters;
    private final Spans spans;
    private final SilentTenants silent;
    private final Crowds crowds;

    CallWatch(CallMeters meters, Spans spans, SilentTenants silent, Crowds crowds) {
        this.meters = meters;
        this.spans = spans;
        this.silent = silent;
        this.crowds = crowds;
    }

    /** @throws io.qlikbridge.tenant.TenantException {@code tenant-unreachable}, when the tenant is known to be silent */
    void require(TenantCall call) {
        silent.require(call);
    }

    /** Whether the tenant answers, as far as is known. */
    boolean isHeard(TenantCall call) {
        return silent.isHeard(call);
    }

    /** An answer begins. */
    void heard(TenantCall call) {
        silent.heard(call);
        crowds.heard(call.connection().host());
    }

    /** @param took until it failed without an answer */
    void failed(TenantCall call, IOException failure, Duration took) {
        silent.failed(call, failure, took);
    }

    CallMeters meters() {
        return meters;
    }

    /** @param request gets the headers that follow it */
    WatchedCall begin(TenantCall call, HttpMessage request) {
        return begin(call, RequestId.current(), request::setHeader);
    }

    /**
     * @param requestId the name of the request that the call is made for; {@code null} in the background
     * @param header gets the headers that follow the call
     */
    WatchedCall begin(TenantCall call, @Nullable String requestId, BiConsumer<String, String> header) {
        if (requestId != null) {
            header.accept(RequestId.HEADER, requestId);
        }
        OpenSpan span = spans.request(call.step(), call.connection().id().value(), header);
        span.tag("http.request.method", call.method().name());
        span.tag("server.address", call.connection().host().getHost());
        return new WatchedCall(call, this, span);
    }

    /** A call that is under way, until it is closed. */
    static final class WatchedCall implements AutoCloseable {

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
}
