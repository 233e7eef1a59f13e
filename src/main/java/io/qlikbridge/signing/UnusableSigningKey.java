package io.qlikbridge.signing;

import io.qlikbridge.vault.CannotOpen;

/** A signing key cannot do its work. What it says may be shown to an admin. */
public class UnusableSigningKey extends RuntimeException {

    private static final String REPLACE =
            "Make or upload another signing key, give its certificate to the tenant's identity provider and activate it.";

    private final String remedy;

    private UnusableSigningKey(String detail, String remedy, Throwable cause) {
        super(detail, cause);
        this.remedy = remedy;
    }

    private UnusableSigningKey(String detail, String remedy) {
        super(detail);
        this.remedy = remedy;
    }

    /** The tenant would refuse whatever the key signs. */
    static UnusableSigningKey notOfItsCertificate(String kid) {
        return new UnusableSigningKey(
                "The certificate of the signing key " + kid + " does not verify what the key signs.", REPLACE);
    }

    static UnusableSigningKey shut(String kid, CannotOpen cause) {
        return new UnusableSigningKey(
                "The signing key " + kid + " does not open. " + cause.getMessage() + ".",
                "If its vault key was taken out of bridge.vault.keys, put it back behind the newest one. Otherwise: "
                        + REPLACE,
                cause);
    }

    /** It opens, but what is in it does not sign. */
    static UnusableSigningKey damaged(String kid, Exception cause) {
        return new UnusableSigningKey("The signing key " + kid + " is damaged and does not sign.", REPLACE, cause);
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    /** What to change. */
    public String remedy() {
        return remedy;
    }
}
