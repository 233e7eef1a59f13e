package io.qlikbridge.transport;

import java.io.IOException;
import java.net.SocketException;
import org.apache.hc.client5.http.HttpRequestRetryStrategy;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;

/**
 * Repeats a call that is safe to repeat, once, when its kept-alive connection turns out to be closed by the tenant. Never
 * connects twice, which would double the time a dead tenant costs, and never asks twice because of an answer.
 */
final class StaleConnectionsOnly implements HttpRequestRetryStrategy {

    @Override
    public boolean retryRequest(HttpRequest request, IOException failure, int count, HttpContext context) {
        return count == 1
                && Method.isIdempotent(request.getMethod())
                && (failure instanceof NoHttpResponseException || failure instanceof SocketException)
                && RunningCall.in(context).mayHaveBeenStale();
    }

    @Override
    public boolean retryRequest(HttpResponse response, int count, HttpContext context) {
        return false;
    }

    @Override
    public TimeValue getRetryInterval(HttpRequest request, IOException failure, int count, HttpContext context) {
        return TimeValue.ZERO_MILLISECONDS;
    }

    @Override
    public TimeValue getRetryInterval(HttpResponse response, int count, HttpContext context) {
        return TimeValue.ZERO_MILLISECONDS;
    }
}
