package io.qlikbridge.proxy;

import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is wrong with a host's certificate, whoever signed it. */
public final class BadCertificate {

    private BadCertificate() {}

    /**
     * @param failure of a call
     * @return the end of a sentence about the certificate, and behind a semicolon what to change where there is something; empty where
     *     nothing is wrong with it
     */
    public static Optional<String> found(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                return Optional.of("has expired");
            }
            if (cause instanceof CertificateNotYetValidException) {
                return Optional.of("is not valid yet; compare the clocks of the host and of the bridge");
            }
            if (cause instanceof CertificateException && saysWrongPurpose(cause.getMessage())) {
                return Optional.of("is not for servers, as its key usage says; give the host one for servers");
            }
        }
        return Optional.empty();
    }

    /** Java says so in words alone. */
    private static boolean saysWrongPurpose(@Nullable String message) {
        return message != null && message.contains("key usage");
    }
}
