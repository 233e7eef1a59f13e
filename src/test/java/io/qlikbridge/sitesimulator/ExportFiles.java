package io.qlikbridge.sitesimulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;
import org.jspecify.annotations.Nullable;

/** Writes certificates and keys in the forms a site exports them in. */
final class ExportFiles {

    private static final BouncyCastleProvider BOUNCY_CASTLE = new BouncyCastleProvider();

    private final SiteExport.Form form;
    private final @Nullable String password;
    private final boolean secretKeys;

    ExportFiles(SiteExport.Form form, @Nullable String password, boolean secretKeys) {
        this.form = form;
        this.password = password;
        this.secretKeys = secretKeys;
    }

    Map<String, byte[]> windows(SiteCertificates of) {
        try {
            Map<String, byte[]> files = new LinkedHashMap<>();
            files.put("client.pfx", pfx(of.clientKeys(), of.client()));
            files.put("server.pfx", pfx(of.serverKeys(), of.server(ServerCertificate.GOOD)));
            files.put("root.cer", of.root().getEncoded());
            return files;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Map<String, byte[]> pem(SiteCertificates of) {
        try {
            Map<String, byte[]> files = new LinkedHashMap<>();
            files.put("client.pem", text(of.client()));
            files.put("server.pem", text(of.server(ServerCertificate.GOOD)));
            files.put("root.pem", text(of.root()));
            if (secretKeys) {
                files.put("client_key.pem", key(of.clientKeys()));
                files.put("server_key.pem", key(of.serverKeys()));
            }
            return files;
        } catch (IOException | OperatorCreationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private byte[] pfx(KeyPair keys, X509Certificate certificate) throws GeneralSecurityException, IOException {
        char[] seal = (password == null ? "" : password).toCharArray();
        if (form == SiteExport.Form.WINDOWS_RC2) {
            return OldPfx.write(secretKeys ? keys : null, certificate, seal);
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        if (secretKeys) {
            store.setKeyEntry("qlik", keys.getPrivate(), seal, new X509Certificate[] {certificate});
        } else {
            store.setCertificateEntry("qlik", certificate);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        store.store(out, seal);
        return out.toByteArray();
    }

    private byte[] key(KeyPair keys) throws IOException, OperatorCreationException {
        if (form == SiteExport.Form.PEM_PKCS1) {
            return text(
                    password == null
                            ? keys.getPrivate()
                            : new JcaMiscPEMGenerator(
                                    keys.getPrivate(),
                                    new JcePEMEncryptorBuilder("DES-EDE3-CBC")
                                            .setProvider(BOUNCY_CASTLE)
                                            .build(password.toCharArray())));
        }
        return text(new JcaPKCS8Generator(keys.getPrivate(), encryptor()));
    }

    private @Nullable OutputEncryptor encryptor() throws OperatorCreationException {
        if (password == null || form == SiteExport.Form.PEM_PLAIN) {
            return null;
        }
        return new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                .setProvider(BOUNCY_CASTLE)
                .setRandom(new SecureRandom())
                .setPassword(password.toCharArray())
                .build();
    }

    private static byte[] text(Object written) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(written);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
