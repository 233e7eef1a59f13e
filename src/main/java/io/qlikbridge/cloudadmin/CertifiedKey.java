package io.qlikbridge.cloudadmin;

import io.qlikbridge.keyfile.PemText;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The public key in a certificate, or by itself, however its PEM is written: all that an identity provider verifies with. Two
 * certificates of one key are the same to it.
 *
 * @param encoded SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7)
 */
record CertifiedKey(byte[] encoded) {

    /** Empty where there is none that can be read. */
    static Optional<CertifiedKey> in(String pem) {
        List<byte[]> blocks = PemText.blocks(pem).stream()
                .map(PemText.Block::content)
                .filter(Objects::nonNull)
                .map(PemText::base64)
                .filter(Objects::nonNull)
                .toList();
        byte[] bare = blocks.isEmpty() ? PemText.unwrapped(pem) : null;
        return (bare == null ? blocks : List.of(bare))
                .stream()
                        .map(CertifiedKey::key)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .map(key -> new CertifiedKey(key.getEncoded()));
    }

    /** The first bytes of its SHA-256, to tell it from others. */
    String fingerprint() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(encoded);
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("SHA-256 is not available", impossible);
        }
    }

    private static @Nullable PublicKey key(byte[] der) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der))
                    .getPublicKey();
        } catch (GeneralSecurityException noCertificate) {
            return bareKey(der);
        }
    }

    private static @Nullable PublicKey bareKey(byte[] der) {
        try {
            return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException noKey) {
            return null;
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CertifiedKey key && Arrays.equals(encoded, key.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    @Override
    public String toString() {
        return "CertifiedKey[" + fingerprint() + "]";
    }
}
