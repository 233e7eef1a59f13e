package io.qlikbridge.sitecall;

import io.qlikbridge.proxy.NamingTrust;
import io.qlikbridge.sitecertificate.SiteCertificateSet;
import io.qlikbridge.transport.Trust;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.UUID;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.jspecify.annotations.Nullable;

/**
 * Whom calls at one endpoint of a site trust, as its uploaded certificates say.
 *
 * @param certificates {@code null} as long as none are uploaded
 * @param hostNameCheck whether a certificate has to hold the name of the host even where it leads to the uploaded root
 */
record SiteTrust(Endpoint endpoint, @Nullable SiteCertificateSet certificates, boolean hostNameCheck) implements Trust {

    private static final KeyManager[] NOBODY = {};

    /** A new set of certificates is another trust, and so are its connections. */
    @Override
    public String id() {
        UUID set = certificates == null ? null : certificates.id();
        return "site/" + set + "/" + endpoint + "/" + hostNameCheck;
    }

    @Override
    public SSLContext context() {
        KeyManager[] shown = endpoint == Endpoint.HOST || certificates == null ? NOBODY : certificates.keyManagers();
        return NamingTrust.context("TLS", shown, new TrustManager[] {trustManager()});
    }

    @Override
    public HostnameVerifier hostNames() {
        HostnameVerifier byName = new DefaultHostnameVerifier();
        if (hostNameCheck || certificates == null) {
            return byName;
        }
        X509TrustManager ofSite = trusting(certificates.root());
        return (host, session) -> byName.verify(host, session) || leadsTo(ofSite, session);
    }

    private X509TrustManager trustManager() {
        if (certificates == null) {
            if (endpoint == Endpoint.REPOSITORY) {
                throw new IllegalStateException("The repository is called with certificates");
            }
            return system();
        }
        X509ExtendedTrustManager ofSite = trusting(certificates.root());
        return endpoint == Endpoint.HOST ? new EitherTrust(system(), ofSite) : ofSite;
    }

    private static boolean leadsTo(X509TrustManager ofSite, SSLSession session) {
        try {
            X509Certificate[] chain = Arrays.stream(session.getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toArray(X509Certificate[]::new);
            ofSite.checkServerTrusted(chain, chain[0].getPublicKey().getAlgorithm());
            return true;
        } catch (CertificateException | SSLException anothers) {
            return false;
        }
    }

    private static X509ExtendedTrustManager trusting(X509Certificate root) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("root", root);
            return of(store);
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static X509ExtendedTrustManager system() {
        try {
            return of(null);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static X509ExtendedTrustManager of(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String toString() {
        return id();
    }
}
