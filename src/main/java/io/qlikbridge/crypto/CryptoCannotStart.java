package io.qlikbridge.crypto;

import io.qlikbridge.problem.CannotStart;

/** The provider that the operator demands cannot be used, so the bridge does not start with another one. */
class CryptoCannotStart extends CannotStart {

    private static final String ACTION = """
            It needs Linux with glibc on x86-64 or arm64, and a directory for temporary files (-Djava.io.tmpdir) that it may \
            write to and run code from. Or set

                BRIDGE_SIGNING_PROVIDER=auto

            to sign with the JDK where it cannot be used: slower, and otherwise the same.""";

    CryptoCannotStart(String reason, Throwable cause) {
        super(
                "bridge.signing.provider demands Amazon's Corretto Crypto Provider, which cannot be used here: "
                        + reason + ".",
                ACTION,
                cause);
    }
}
