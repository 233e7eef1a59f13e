package io.qlikbridge.access;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells the operator in one message why the bridge does not start. */
class AccessCannotStartAnalyzer extends AbstractFailureAnalyzer<AccessCannotStart> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, AccessCannotStart cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
