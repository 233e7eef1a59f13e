package io.qlikbridge.vault;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Ends a start that has no fitting vault key with one message instead of a stack trace. */
class VaultCannotStartAnalyzer extends AbstractFailureAnalyzer<VaultCannotStart> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, VaultCannotStart cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
