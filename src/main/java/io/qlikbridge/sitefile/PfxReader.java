package io.qlikbridge.sitefile;

import io.qlikbridge.keyfile.PrivateKeyReader;
import io.qlikbridge.keyfile.RsaKey;
import io.qlikbridge.keyfile.UnreadableKey;
import io.qlikbridge.problem.BridgeException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.AuthenticatedSafe;
import org.bouncycastle.asn1.pkcs.CertBag;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.EncryptedData;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.SafeBag;
import org.jspecify.annotations.Nullable;

/**
 * Takes certificates and private keys out of PKCS#12 (RFC 7292). Its MAC is not looked at: with another password nothing opens, and
 * what opens proves itself by the key that fits its certificate, and the certificate that fits the root.
 */
final class PfxReader {

    private final PfxPassword password;
    private final PfxCipher cipher;
    private final List<X509Certificate> certificates = new ArrayList<>();
    private final List<PrivateKeyInfo> keys = new ArrayList<>();

    private PfxReader(PfxPassword password, PfxCipher cipher) {
        this.password = password;
        this.cipher = cipher;
    }

    /** @param passphrase not looked at where none is needed; an empty one is as none */
    static ClientFile read(byte[] der, char @Nullable [] passphrase) {
        ContentInfo[] contents = contents(der);
        PfxCipher cipher = new PfxCipher();
        for (PfxPassword password : PfxPassword.of(passphrase)) {
            try {
                return new PfxReader(password, cipher).opened(contents);
            } catch (BridgeException refusal) {
                throw refusal;
            } catch (GeneralSecurityException | IOException | RuntimeException anotherPassword) {
                continue;
            }
        }
        if (!cipher.wasNeeded()) {
            throw UnusableSiteFile.damaged(SiteField.PFX);
        }
        throw passphrase == null || passphrase.length == 0
                ? UnusableSiteFile.passphraseMissing(SiteField.PFX)
                : UnusableSiteFile.passphraseWrong(SiteField.PFX);
    }

    private static ContentInfo[] contents(byte[] der) {
        try {
            ContentInfo whole = Pfx.getInstance(der).getAuthSafe();
            if (!whole.getContentType().equals(PKCSObjectIdentifiers.data)) {
                throw UnusableSiteFile.encryptionUnknown(SiteField.PFX);
            }
            return AuthenticatedSafe.getInstance(octets(whole.getContent())).getContentInfo();
        } catch (BridgeException refusal) {
            throw refusal;
        } catch (RuntimeException malformed) {
            throw UnusableSiteFile.damaged(SiteField.PFX);
        }
    }

    private ClientFile opened(ContentInfo[] contents) throws GeneralSecurityException, IOException {
        for (ContentInfo content : contents) {
            byte[] bags = opened(content);
            for (ASN1Encodable bag : ASN1Sequence.getInstance(bags)) {
                take(SafeBag.getInstance(bag));
            }
            Arrays.fill(bags, (byte) 0);
        }
        return new ClientFile(SiteField.PFX, certificates, key());
    }

    private byte[] opened(ContentInfo content) throws GeneralSecurityException {
        if (content.getContentType().equals(PKCSObjectIdentifiers.data)) {
            return octets(content.getContent()).clone();
        }
        if (!content.getContentType().equals(PKCSObjectIdentifiers.encryptedData)) {
            throw UnusableSiteFile.encryptionUnknown(SiteField.PFX);
        }
        EncryptedData encrypted = EncryptedData.getInstance(content.getContent());
        return cipher.decrypt(
                encrypted.getEncryptionAlgorithm(), encrypted.getContent().getOctets(), password);
    }

    private void take(SafeBag bag) throws GeneralSecurityException {
        if (bag.getBagId().equals(PKCSObjectIdentifiers.certBag)) {
            CertBag certificate = CertBag.getInstance(bag.getBagValue());
            if (certificate.getCertId().equals(PKCSObjectIdentifiers.x509Certificate)) {
                certificates.add(DerFile.certificate(SiteField.PFX, octets(certificate.getCertValue())));
            }
        } else if (bag.getBagId().equals(PKCSObjectIdentifiers.keyBag)) {
            keys.add(PrivateKeyInfo.getInstance(bag.getBagValue()));
        } else if (bag.getBagId().equals(PKCSObjectIdentifiers.pkcs8ShroudedKeyBag)) {
            EncryptedPrivateKeyInfo shrouded = EncryptedPrivateKeyInfo.getInstance(bag.getBagValue());
            keys.add(PrivateKeyInfo.getInstance(
                    cipher.decrypt(shrouded.getEncryptionAlgorithm(), shrouded.getEncryptedData(), password)));
        }
    }

    private @Nullable RsaKey key() throws IOException {
        if (keys.size() > 1) {
            throw UnusableSiteFile.severalKeys(SiteField.PFX);
        }
        if (keys.isEmpty()) {
            return null;
        }
        byte[] pkcs8 = keys.getFirst().getEncoded();
        try {
            return PrivateKeyReader.readAny(pkcs8, null);
        } catch (UnreadableKey refusal) {
            throw UnusableSiteFile.key(SiteField.PFX, refusal);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    private static byte[] octets(ASN1Encodable value) {
        return ASN1OctetString.getInstance(value).getOctets();
    }
}
