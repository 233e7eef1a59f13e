package io.qlikbridge.failure;

import io.qlikbridge.observation.RequestMeterValve;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;

/** Translates failures for whoever answers with something else than a problem; they are told and counted like all others. */
@Component
public class ReportedFailures {

    private final ExceptionTranslator translator;
    private final RefusedRequests refused;

    ReportedFailures(ExceptionTranslator translator, RefusedRequests refused) {
        this.translator = translator;
        this.refused = refused;
    }

    /** What is wrong, in words that may be shown; what nobody foresaw is in the log, under the id of the request. */
    public BridgeException read(HttpServletRequest request, Exception failure) {
        BridgeException read = translator.read(request, failure);
        tell(request, read.code());
        return read;
    }

    /** Makes a refusal known, once for a request. */
    public void tell(HttpServletRequest request, ProblemCode code) {
        refused.tell(request, code);
        RequestMeterValve.note(request, code);
    }
}
