package io.qlikbridge.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.springframework.http.HttpHeaders;

/** Notes on the connection when a request's head is there, and when its answer is made. */
class WireValve extends ValveBase {

    private final Duration bodyWithin;

    /** @param bodyWithin unless the address allows another time */
    WireValve(Duration bodyWithin) {
        super(true);
        this.bodyWithin = bodyWithin;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        Wire wire = Wire.current();
        if (wire == null) {
            getNext().invoke(request, response);
            return;
        }
        wire.serve(() -> response.getBytesWritten(false), System.nanoTime(), bodyWithin);
        try {
            if (wire.isProbe() && hasBody(request)) {
                // on the few threads for probes, nobody waits for one
                response.getCoyoteResponse().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
                response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            } else {
                getNext().invoke(request, response);
            }
        } finally {
            if (!request.isAsync()) {
                wire.answered(System.nanoTime());
            }
        }
    }

    private static boolean hasBody(Request request) {
        return request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }
}
