package io.qlikbridge.wire;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.http.HttpHeaders;

/** Notes on the connection when a request's head is there, and when its answer is made. */
public class WireValve extends ValveBase {

    private final Duration bodyWithin;

    /** @param bodyWithin unless the address allows another time */
    public WireValve(Duration bodyWithin) {
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
        if (wire.asksForLiveness()) {
            // what comes behind it may be anything, and is not for the few threads that are for probes
            response.setHeader(HttpHeaders.CONNECTION, "close");
        }
        wire.serve(() -> response.getBytesWritten(false), System.nanoTime(), bodyWithin);
        try {
            getNext().invoke(request, response);
        } finally {
            if (!request.isAsync()) {
                wire.answered(System.nanoTime());
            }
        }
    }
}
