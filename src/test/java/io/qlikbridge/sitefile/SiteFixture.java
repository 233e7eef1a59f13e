package io.qlikbridge.sitefile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.PKCS12SafeBagBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS12SafeBagBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCS12MacCalculatorBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEOutputEncryptorBuilder;

/** A client-managed site's certificates and the files it exports them in. RSA keys are made once for all tests. */
public final class SiteFixture {

    public static final ASN1ObjectIdentifier AES = new ASN1ObjectIdentifier("2.16.840.1.101.3.4.1.42");
    public static final ASN1ObjectIdentifier TRIPLE_DES = PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC;
    public static final ASN1ObjectIdentifier RC2 = PKCSObjectIdentifiers.pbeWithSHAAnd40BitRC2_CBC;

    /** Good whenever the tests run. */
    public static final Instant BEGIN = Instant.parse("2020-01-01T00:00:00Z");

    public static final Instant END = Instant.parse("2049-12-31T00:00:00Z");

    private static final BouncyCastleProvider BC = new BouncyCastleProvider();
    private static final Map<String, KeyPair> KEYS = new ConcurrentHashMap<>();
    private static final AtomicLong SERIAL = new AtomicLong(1);

    private final String name;
    private final KeyPair key;
    private final X509Certificate root;

    private SiteFixture(String name, KeyPair key, X509Certificate root) {
        this.name = name;
        this.key = key;
        this.root = root;
    }

    /** The site {@code SENSE.lab.example}. */
    public static SiteFixture site() {
        return site("CN=SENSE.lab.example-CA", "site");
    }

    /** @param keyName of the authority's key: another one for a site that was made anew under its name */
    public static SiteFixture site(String name, String keyName) {
        return new Certificate(name, key(keyName)).authority().selfSigned();
    }

    /** A key by a name of the test's choice. */
    public static KeyPair key(String keyName) {
        return KEYS.computeIfAbsent(keyName, any -> key(2048));
    }

    /** A new one each time. */
    public static KeyPair key(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public X509Certificate root() {
        return root;
    }

    /** Of the authority; no site gives it away. */
    public KeyPair rootKey() {
        return key;
    }

    /** The certificate {@code QlikClient} of {@link #clientKey()}, for client authentication. */
    public X509Certificate client() {
        return certificate("CN=QlikClient", clientKey())
                .purposes(KeyPurposeId.id_kp_clientAuth)
                .issued();
    }

    public KeyPair clientKey() {
        return key("client");
    }

    /** A server's certificate of this name. */
    public X509Certificate server(String host, KeyPair serverKey) {
        return certificate("CN=" + host, serverKey)
                .purposes(KeyPurposeId.id_kp_serverAuth)
                .host(host)
                .issued();
    }

    /** One that this site's authority is to issue. */
    public Certificate certificate(String subject, KeyPair of) {
        return new Certificate(subject, of).by(this);
    }

    /** Something to be certified: a client, a server, or an authority. */
    public static final class Certificate {

        private final String subject;
        private final KeyPair of;
        private SiteFixture issuer;
        private String algorithm = "SHA256withRSA";
        private Instant begin = BEGIN;
        private Instant end = END;
        private boolean authority;
        private KeyPurposeId[] purposes = {};
        private String host;

        private Certificate(String subject, KeyPair of) {
            this.subject = subject;
            this.of = of;
        }

        private Certificate by(SiteFixture authority) {
            issuer = authority;
            return this;
        }

        public Certificate valid(Instant from, Instant to) {
            begin = from;
            end = to;
            return this;
        }

        public Certificate algorithm(String name) {
            algorithm = name;
            return this;
        }

        public Certificate authority() {
            authority = true;
            return this;
        }

        public Certificate purposes(KeyPurposeId... ids) {
            purposes = ids;
            return this;
        }

        public Certificate host(String name) {
            host = name;
            return this;
        }

        public X509Certificate issued() {
            return certificate(issuer.name, issuer.key);
        }

        /** An authority that the issuer issued, to issue others itself. */
        public SiteFixture issuedAuthority() {
            return new SiteFixture(subject, of, authority().issued());
        }

        public SiteFixture selfSigned() {
            return new SiteFixture(subject, of, certificate(subject, of));
        }

        private X509Certificate certificate(String issuerName, KeyPair issuerKey) {
            try {
                JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                        new X500Name(issuerName),
                        BigInteger.valueOf(SERIAL.incrementAndGet()),
                        Date.from(begin),
                        Date.from(end),
                        new X500Name(subject),
                        of.getPublic());
                if (authority) {
                    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
                }
                if (purposes.length > 0) {
                    builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
                }
                if (host != null) {
                    builder.addExtension(
                            Extension.subjectAlternativeName,
                            false,
                            new GeneralNames(new GeneralName(
                                    host.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName, host)));
                }
                return new JcaX509CertificateConverter()
                        .getCertificate(
                                builder.build(new JcaContentSignerBuilder(algorithm).build(issuerKey.getPrivate())));
            } catch (IOException | OperatorCreationException | GeneralSecurityException failed) {
                throw new IllegalStateException(failed);
            }
        }
    }

    public static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Certificates, one behind the other. */
    public static byte[] pem(X509Certificate... certificates) {
        return written((Object[]) certificates);
    }

    /** {@code BEGIN PRIVATE KEY}. */
    public static byte[] pkcs8(KeyPair pair) {
        return pkcs8(pair, null);
    }

    /** {@code BEGIN ENCRYPTED PRIVATE KEY}. */
    public static byte[] pkcs8(KeyPair pair, String passphrase) {
        try {
            OutputEncryptor encryptor = passphrase == null
                    ? null
                    : new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                            .setProvider(BC)
                            .setPassword(passphrase.toCharArray())
                            .build();
            return written(new JcaPKCS8Generator(pair.getPrivate(), encryptor));
        } catch (IOException | OperatorCreationException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** {@code BEGIN RSA PRIVATE KEY}. */
    public static byte[] pkcs1(KeyPair pair) {
        return written(pair.getPrivate());
    }

    /** The same with {@code Proc-Type}. */
    public static byte[] pkcs1(KeyPair pair, String passphrase) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(
                    pair.getPrivate(),
                    new JcePEMEncryptorBuilder("DES-EDE3-CBC").setProvider(BC).build(passphrase.toCharArray()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** PKCS#12 as today's tools write it. */
    public static byte[] pfx(String password, KeyPair pair, X509Certificate... certificates) {
        return pfx(AES, AES, 2048, password, pair, certificates);
    }

    /**
     * PKCS#12 with a chosen encryption.
     *
     * @param certificateCipher {@code null} for certificates in the clear
     * @param pair {@code null} for none
     */
    public static byte[] pfx(
            ASN1ObjectIdentifier keyCipher,
            ASN1ObjectIdentifier certificateCipher,
            int rounds,
            String password,
            KeyPair pair,
            X509Certificate... certificates) {
        return pfx(
                keyCipher, certificateCipher, rounds, password, pair == null ? List.of() : List.of(pair), certificates);
    }

    public static byte[] pfx(
            ASN1ObjectIdentifier keyCipher,
            ASN1ObjectIdentifier certificateCipher,
            int rounds,
            String password,
            List<KeyPair> pairs,
            X509Certificate... certificates) {
        try {
            PKCS12PfxPduBuilder builder = new PKCS12PfxPduBuilder();
            List<PKCS12SafeBag> bags = new ArrayList<>();
            for (X509Certificate certificate : certificates) {
                bags.add(new JcaPKCS12SafeBagBuilder(certificate).build());
            }
            PKCS12SafeBag[] all = bags.toArray(PKCS12SafeBag[]::new);
            if (certificateCipher == null) {
                for (PKCS12SafeBag bag : all) {
                    builder.addData(bag);
                }
            } else {
                builder.addEncryptedData(encryptor(certificateCipher, rounds, password), all);
            }
            for (KeyPair pair : pairs) {
                PrivateKeyInfo info =
                        PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded());
                builder.addData(
                        keyCipher == null
                                ? new PKCS12SafeBagBuilder(info).build()
                                : new PKCS12SafeBagBuilder(info, encryptor(keyCipher, rounds, password)).build());
            }
            return builder.build(
                            new JcePKCS12MacCalculatorBuilder(new ASN1ObjectIdentifier("2.16.840.1.101.3.4.2.1"))
                                    .setProvider(BC),
                            password.toCharArray())
                    .getEncoded();
        } catch (IOException | PKCSException | OperatorCreationException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static OutputEncryptor encryptor(ASN1ObjectIdentifier cipher, int rounds, String password)
            throws OperatorCreationException {
        return new JcePKCSPBEOutputEncryptorBuilder(cipher)
                .setProvider(BC)
                .setIterationCount(rounds)
                .build(password.toCharArray());
    }

    public static byte[] together(byte[]... files) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(files).forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static byte[] written(Object... objects) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            for (Object object : objects) {
                writer.writeObject(object);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
