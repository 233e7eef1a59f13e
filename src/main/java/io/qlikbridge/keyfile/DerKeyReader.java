package io.qlikbridge.keyfile;

import java.io.IOException;
import java.util.Map;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/** Reads a private RSA key from DER, and knows the other things that are kept in DER by their shape. */
final class DerKeyReader {

    private static final Map<String, String> OTHER_ALGORITHMS = Map.of(
            X9ObjectIdentifiers.id_ecPublicKey.getId(), "an EC key",
            X9ObjectIdentifiers.id_dsa.getId(), "a DSA key",
            EdECObjectIdentifiers.id_Ed25519.getId(), "an Ed25519 key",
            EdECObjectIdentifiers.id_Ed448.getId(), "an Ed448 key",
            EdECObjectIdentifiers.id_X25519.getId(), "an X25519 key",
            EdECObjectIdentifiers.id_X448.getId(), "an X448 key",
            PKCSObjectIdentifiers.id_RSASSA_PSS.getId(), "an RSA key for PSS signatures alone, which RS256 is not");

    private static final int SEQUENCE = 0x30;

    private DerKeyReader() {}

    static RsaKey read(byte[] der, char @Nullable [] passphrase) {
        ASN1Sequence parts = parse(der);
        if (isEncryptedPkcs8(parts)) {
            return fromInfo(KeyEncryption.open(encrypted(parts), passphrase));
        }
        if (isPkcs8(parts)) {
            return fromInfo(info(parts));
        }
        if (isPkcs1(parts)) {
            return RsaKey.of(pkcs1(parts));
        }
        String other = otherThing(parts);
        throw other == null ? UnreadableKey.damaged() : UnreadableKey.instead(other);
    }

    /** PKCS#8 (RFC 5208). */
    static RsaKey fromInfo(PrivateKeyInfo info) {
        String algorithm = info.getPrivateKeyAlgorithm().getAlgorithm().getId();
        if (!algorithm.equals(PKCSObjectIdentifiers.rsaEncryption.getId())) {
            throw UnreadableKey.instead(OTHER_ALGORITHMS.getOrDefault(algorithm, "a private key that is not RSA"));
        }
        try {
            return RsaKey.of(pkcs1(info.parsePrivateKey()));
        } catch (IOException malformed) {
            throw UnreadableKey.damaged();
        }
    }

    private static ASN1Sequence parse(byte[] der) {
        long announced = announced(der);
        if (announced >= 0 && announced != der.length) {
            throw UnreadableKey.otherLength(announced, der.length);
        }
        try {
            return ASN1Sequence.getInstance(der);
        } catch (RuntimeException malformed) {
            throw UnreadableKey.damaged();
        }
    }

    /** How long a sequence says it is, tag and length included (X.690, section 8.1.3); negative for what is none. */
    private static long announced(byte[] der) {
        if (der.length < 2 || der[0] != SEQUENCE) {
            return -1;
        }
        int first = der[1] & 0xff;
        if (first < 0x80) {
            return 2L + first;
        }
        int octets = first - 0x80;
        if (octets == 0 || octets > 4 || der.length < 2 + octets) {
            return -1;
        }
        long length = 0;
        for (int at = 0; at < octets; at++) {
            length = length << 8 | der[2 + at] & 0xff;
        }
        return 2L + octets + length;
    }

    private static EncryptedPrivateKeyInfo encrypted(ASN1Sequence parts) {
        try {
            return EncryptedPrivateKeyInfo.getInstance(parts);
        } catch (RuntimeException malformed) {
            throw UnreadableKey.damaged();
        }
    }

    private static PrivateKeyInfo info(ASN1Sequence parts) {
        try {
            return PrivateKeyInfo.getInstance(parts);
        } catch (RuntimeException malformed) {
            throw UnreadableKey.damaged();
        }
    }

    /** PKCS#1 (RFC 8017, appendix A.1.2). */
    private static RSAPrivateKey pkcs1(ASN1Encodable parts) {
        try {
            return RSAPrivateKey.getInstance(parts);
        } catch (RuntimeException malformed) {
            throw UnreadableKey.damaged();
        }
    }

    private static boolean isEncryptedPkcs8(ASN1Sequence parts) {
        return parts.size() == 2 && is(parts, 0, ASN1Sequence.class) && is(parts, 1, ASN1OctetString.class);
    }

    private static boolean isPkcs8(ASN1Sequence parts) {
        return is(parts, 0, ASN1Integer.class)
                && is(parts, 1, ASN1Sequence.class)
                && is(parts, 2, ASN1OctetString.class);
    }

    private static boolean isPkcs1(ASN1Sequence parts) {
        return parts.size() >= 9 && is(parts, 0, ASN1Integer.class) && is(parts, 8, ASN1Integer.class);
    }

    private static @Nullable String otherThing(ASN1Sequence parts) {
        if (is(parts, 0, ASN1Integer.class) && is(parts, 1, ASN1OctetString.class)) {
            return "an EC key";
        }
        if (parts.size() == 6 && is(parts, 0, ASN1Integer.class) && is(parts, 5, ASN1Integer.class)) {
            return "a DSA key";
        }
        if (is(parts, 0, ASN1Integer.class) && is(parts, 1, ASN1Sequence.class)) {
            return "a PKCS#12 file, whose private key openssl pkcs12 -nocerts takes out";
        }
        if (parts.size() == 2 && (is(parts, 1, ASN1BitString.class) || is(parts, 1, ASN1Integer.class))) {
            return "a public key";
        }
        if (parts.size() == 3 && is(parts, 0, ASN1Sequence.class) && is(parts, 2, ASN1BitString.class)) {
            return is((ASN1Sequence) parts.getObjectAt(0), 0, ASN1TaggedObject.class)
                    ? "a certificate"
                    : "a certificate request";
        }
        return null;
    }

    private static boolean is(ASN1Sequence parts, int at, Class<?> type) {
        return at < parts.size() && type.isInstance(parts.getObjectAt(at));
    }
}
