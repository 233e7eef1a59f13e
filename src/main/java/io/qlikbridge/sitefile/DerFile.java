package io.qlikbridge.sitefile;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;

/** Files in DER, or in BER as PKCS#12 may be: a certificate, PKCS#12, or else something of a key. */
final class DerFile {

    private static final int SEQUENCE = 0x30;
    private static final int LONG_LENGTH = 0x80;

    /** Key stores of Java, JKS and JCEKS. */
    private static final int JKS = 0xfeedfeed;

    private static final int JCEKS = 0xcececece;

    private DerFile() {}

    /** A sequence by its tag and its length (X.690, section 8.1.3), which is told from a text starting with 0. */
    static boolean isDer(byte[] upload) {
        return upload.length > 1
                && upload[0] == SEQUENCE
                && ((upload[1] & LONG_LENGTH) != 0 || upload[1] + 2 == upload.length);
    }

    static boolean isKeyStore(byte[] upload) {
        if (upload.length < Integer.BYTES) {
            return false;
        }
        int magic = ByteBuffer.wrap(upload).getInt();
        return magic == JKS || magic == JCEKS;
    }

    static SiteFile read(SiteField field, byte[] der) {
        ASN1Sequence parts = parse(field, der);
        if (is(parts, 0, ASN1ObjectIdentifier.class)) {
            throw UnusableSiteFile.pkcs7(field);
        }
        if (is(parts, 0, ASN1Integer.class)
                && is(parts, 1, ASN1Sequence.class)
                && !is(parts, 2, ASN1OctetString.class)) {
            return new SiteFile(SiteFile.Form.PFX, List.of(), false, der);
        }
        if (parts.size() == 3 && is(parts, 0, ASN1Sequence.class) && is(parts, 2, ASN1BitString.class)) {
            return new SiteFile(SiteFile.Form.DER, List.of(certificate(field, der)), false, der);
        }
        // whether it is a good one, or a public key, whoever reads keys will say
        return new SiteFile(SiteFile.Form.DER, List.of(), true, der);
    }

    static X509Certificate certificate(SiteField field, byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException malformed) {
            throw isRequest(der)
                    ? UnusableSiteFile.instead(field, "a certificate request")
                    : UnusableSiteFile.damaged(field);
        }
    }

    private static ASN1Sequence parse(SiteField field, byte[] der) {
        try (ASN1InputStream stream = new ASN1InputStream(der)) {
            return ASN1Sequence.getInstance(stream.readObject());
        } catch (IOException | RuntimeException malformed) {
            throw UnusableSiteFile.damaged(field);
        }
    }

    /** PKCS#10 (RFC 2986): a version, a name and a public key, without the rest of a certificate. */
    private static boolean isRequest(byte[] der) {
        try {
            ASN1Sequence content =
                    ASN1Sequence.getInstance(ASN1Sequence.getInstance(der).getObjectAt(0));
            return content.size() == 4 && is(content, 0, ASN1Integer.class) && is(content, 2, ASN1Sequence.class);
        } catch (RuntimeException malformed) {
            return false;
        }
    }

    private static boolean is(ASN1Sequence parts, int at, Class<?> type) {
        return at < parts.size() && type.isInstance(parts.getObjectAt(at));
    }
}
