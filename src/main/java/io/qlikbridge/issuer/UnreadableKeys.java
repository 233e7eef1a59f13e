package io.qlikbridge.issuer;

import java.io.IOException;

/** A document of an issuer cannot be had, or is not what it should be. The message says why, and what to change. */
final class UnreadableKeys extends IOException {

    private final IssuerTrouble.Cause trouble;

    UnreadableKeys(IssuerTrouble.Cause trouble, String because) {
        super(because);
        this.trouble = trouble;
    }

    IssuerTrouble.Cause trouble() {
        return trouble;
    }
}
