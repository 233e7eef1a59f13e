package io.qlikbridge.qlikcloud;

import io.qlikbridge.trace.OpenSpan;
import io.qlikbridge.trace.RequestId;
import io.qlikbridge.trace.Spans;
import org.apache.hc.core5.http.HttpMessage;
import org.springframework.stereotype.Component;

/** Follows calls to tenants: measures each, gives it a span, and names to the tenant the request that it is made for. */
@Component
class CallWatch {

    private final CallMeters meters;
    private final Spans spans;

    CallWatch(CallMeters meters, Spans spans) {
        this.meters = meters;
        this.spans = spans;
    }

    /** @param request gets the headers that follow it */
    WatchedCall begin(CloudCall call, HttpMessage request) {
        String id = RequestId.current();
        if (id != null) {
            request.setHeader(RequestId.HEADER, id);
        }
        OpenSpan span = spans.request(call.step(), call.connection().id().value(), request::setHeader);
        span.tag("http.request.method", call.method().name());
        span.tag("server.address", call.connection().host().getHost());
        return new WatchedCall(call, meters, span);
    }
}
