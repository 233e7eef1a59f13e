package io.qlikbridge.crypto;

/** The provider that the operator demands cannot be used, so the bridge does not start with another one. */
class CryptoCannotStart extends RuntimeException {

    CryptoCannotStart(String reason, Throwable cause) {
        super(
                "bridge.signing.provider demands Amazon's Corretto Crypto Provider, which cannot be used here: "
                        + reason + ".",
                cause);
    }
}
