package io.qlikbridge.proxy;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells the operator in one message why the bridge does not start. */
class ProxyCannotStartAnalyzer extends AbstractFailureAnalyzer<ProxyCannotStart> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ProxyCannotStart cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
