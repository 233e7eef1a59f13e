package io.qlikbridge.simulator;

/** Which forms of PEM a tenant takes for the key of an identity provider; Qlik does not publish it. */
public enum PemForm {
    ANY,

    /** With line breaks: what every PEM tool writes. */
    ORDINARY,

    /** Without any line break. */
    SINGLE_LINE;

    boolean takes(String pem) {
        return switch (this) {
            case ANY -> true;
            case ORDINARY ->
                pem.strip().matches("-----BEGIN [A-Z ]+-----\\n([A-Za-z0-9+/=]{1,64}\\n)+-----END [A-Z ]+-----");
            case SINGLE_LINE -> !pem.contains("\n") && !pem.contains("\r") && !pem.contains("\\");
        };
    }
}
