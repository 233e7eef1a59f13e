package io.qlikbridge.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.PKIXReason;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NamingTrustTests {

    @ParameterizedTest
    @MethodSource("refusals")
    void isUntrustedIsWhatNoTrustedAuthoritySigned(CertificateException refused, boolean untrusted) {
        assertThat(NamingTrust.isUntrusted(refused)).isEqualTo(untrusted);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(new CertificateException(new CertPathBuilderException("no path")), true),
                Arguments.of(
                        new CertificateException(new CertPathValidatorException(
                                "no anchor", null, null, -1, PKIXReason.NO_TRUST_ANCHOR)),
                        true),
                Arguments.of(
                        new CertificateException(
                                new CertPathValidatorException("validity", new CertificateExpiredException())),
                        false),
                Arguments.of(new CertificateException("No subject alternative DNS name matching idp"), false));
    }
}
