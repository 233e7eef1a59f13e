package io.qlikbridge;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Names the property that stopped the start. */
class ConfigurationCannotStartAnalyzer extends AbstractFailureAnalyzer<ConfigurationCannotStart> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ConfigurationCannotStart cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
