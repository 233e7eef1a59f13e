package io.qlikbridge.sitesimulator;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** What a site's ports show and whom they trust, as long as its certificates are not made anew. */
final class SiteTls {

    private static final char[] PASSWORD = "in memory".toCharArray();

    private volatile int generation;
    private volatile SiteCertificates certificates = SiteCertificates.make(0);
    private volatile SSLContext services;
    private volatile SSLContext proxy;
    private volatile boolean unusual;

    SiteTls() {
        this.services = context(certificates, ServerCertificate.GOOD);
        this.proxy = services;
    }

    SiteCertificates certificates() {
        return certificates;
    }

    /** A new authority of the same name, and new certificates of it. */
    synchronized void recreate() {
        generation++;
        certificates = SiteCertificates.make(generation);
        show(ServerCertificate.GOOD);
    }

    synchronized void show(ServerCertificate kind) {
        services = context(certificates, kind);
        proxy = services;
        unusual = kind != ServerCertificate.GOOD;
    }

    /** Whether something else is shown than at first. */
    boolean isUnusual() {
        return unusual;
    }

    synchronized void showAtProxy(SiteCertificates company) {
        proxy = context(company, ServerCertificate.GOOD);
        unusual = true;
    }

    /** Of the repository and the proxy service: those who call show a certificate of this site. */
    TlsPort.Identity ofServices() {
        return new TlsPort.Identity() {
            @Override
            public SSLContext context() {
                return services;
            }

            @Override
            public boolean mutual() {
                return true;
            }
        };
    }

    /** Of the virtual proxies. */
    TlsPort.Identity ofProxy() {
        return new TlsPort.Identity() {
            @Override
            public SSLContext context() {
                return proxy;
            }

            @Override
            public boolean mutual() {
                return false;
            }
        };
    }

    private static SSLContext context(SiteCertificates of, ServerCertificate kind) {
        return context(of.serverKeys(), of.server(kind), of.root());
    }

    private static SSLContext context(KeyPair keys, X509Certificate certificate, X509Certificate trusted) {
        try {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            own.setKeyEntry("server", keys.getPrivate(), PASSWORD, new X509Certificate[] {certificate});
            KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("SunX509");
            keyManagers.init(own, PASSWORD);
            KeyStore roots = KeyStore.getInstance("PKCS12");
            roots.load(null, null);
            roots.setCertificateEntry("root", trusted);
            TrustManagerFactory trustManagers = TrustManagerFactory.getInstance("PKIX");
            trustManagers.init(roots);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
