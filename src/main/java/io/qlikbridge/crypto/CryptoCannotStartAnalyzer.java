package io.qlikbridge.crypto;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells the operator in one message why the bridge does not start. */
class CryptoCannotStartAnalyzer extends AbstractFailureAnalyzer<CryptoCannotStart> {

    private static final String ACTION = """
            It needs Linux with glibc on x86-64 or arm64, and a directory for temporary files (-Djava.io.tmpdir) that it may \
            write to and run code from. Or set

                BRIDGE_SIGNING_PROVIDER=auto

            to sign with the JDK where it cannot be used: slower, and otherwise the same.""";

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, CryptoCannotStart cause) {
        return new FailureAnalysis(cause.getMessage(), ACTION, cause);
    }
}
