package io.qlikbridge.proxy;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.springframework.boot.ssl.SslBundle;

/**
 * Trusts whom another trusts, and says of the others who signed for them ({@link UntrustedChain}): mostly a proxy that opens TLS.
 */
public final class NamingTrust extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager trust;

    private NamingTrust(X509ExtendedTrustManager trust) {
        this.trust = trust;
    }

    /**
     * The TLS of a bundle, which fails with an {@link UntrustedChain} for whom it does not trust.
     *
     * @throws IllegalStateException when the bundle names a protocol that this Java does not have
     */
    public static SSLContext context(SslBundle trust) {
        return context(
                trust.getProtocol(),
                trust.getManagers().getKeyManagers(),
                trust.getManagers().getTrustManagers());
    }

    /**
     * The same of managers that no bundle has.
     *
     * @param protocol a name of {@link SSLContext#getInstance(String)}
     * @param keys what to show of oneself
     */
    public static SSLContext context(String protocol, KeyManager[] keys, TrustManager[] trust) {
        try {
            SSLContext context = SSLContext.getInstance(protocol);
            context.init(keys, of(trust), null);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("The SSL bundle cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    private static TrustManager[] of(TrustManager[] managers) {
        return Arrays.stream(managers)
                .map(one -> one instanceof X509ExtendedTrustManager extended ? new NamingTrust(extended) : one)
                .toArray(TrustManager[]::new);
    }

    private interface Check {

        void make() throws CertificateException;
    }

    private static void naming(X509Certificate[] chain, Check check) throws CertificateException {
        try {
            check.make();
        } catch (CertificateException refused) {
            throw isUntrusted(refused) ? new UntrustedChain(chain, refused) : refused;
        }
    }

    /** As against a certificate that has expired, or is for another name: those may well be signed by whom the bridge trusts. */
    static boolean isUntrusted(CertificateException refused) {
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathBuilderException
                    || cause instanceof CertPathValidatorException invalid
                            && (invalid.getReason() == PKIXReason.NO_TRUST_ANCHOR
                                    // by another authority of the same name
                                    || invalid.getReason() == BasicReason.INVALID_SIGNATURE)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        naming(chain, () -> trust.checkServerTrusted(chain, type, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        naming(chain, () -> trust.checkServerTrusted(chain, type, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        naming(chain, () -> trust.checkServerTrusted(chain, type));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        trust.checkClientTrusted(chain, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        trust.checkClientTrusted(chain, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        trust.checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trust.getAcceptedIssuers();
    }
}
