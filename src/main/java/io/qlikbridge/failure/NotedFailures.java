package io.qlikbridge.failure;

import io.qlikbridge.observation.RequestMeterValve;
import io.qlikbridge.problem.BridgeException;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;

/** For who answers failures in another form than that of problems: they are read, measured and told all the same. */
@Component
public class NotedFailures {

    private final ExceptionTranslator reading;
    private final RefusedRequests refused;

    NotedFailures(ExceptionTranslator reading, RefusedRequests refused) {
        this.reading = reading;
        this.refused = refused;
    }

    /** What was thrown, as the caller may be told of it. Whatever is not foreseen is {@code internal}, and in the log. */
    public BridgeException note(HttpServletRequest request, RuntimeException failure) {
        BridgeException read = reading.read(request, failure);
        refused.tell(request, read.code());
        RequestMeterValve.note(request, read.code());
        return read;
    }
}
