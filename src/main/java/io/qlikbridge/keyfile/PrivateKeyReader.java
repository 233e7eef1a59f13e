package io.qlikbridge.keyfile;

import io.qlikbridge.problem.PlainText;
import io.qlikbridge.problem.ReceivedText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a private RSA key in any form it is usually kept in: PEM (RFC 7468, with whatever text around it, and however tools
 * left its lines: {@link PemText}), DER, or a JWK (RFC 7517); PKCS#8, encrypted PKCS#8, PKCS#1, and PKCS#1 in OpenSSL's own
 * old encryption. Everything else is {@code signing-key-unreadable}, with a sentence of its own.
 */
public final class PrivateKeyReader {

    private static final int SEQUENCE = 0x30;
    private static final int LONG_LENGTH = 0x80;

    private static final Map<String, String> OTHER_KEYS = Map.of(
            "EC PRIVATE KEY", "an EC key",
            "DSA PRIVATE KEY", "a DSA key",
            "OPENSSH PRIVATE KEY", "a key in OpenSSH's own form, which ssh-keygen -p -m PKCS8 converts");

    private static final Map<String, String> NOT_PRIVATE = Map.of(
            "PUBLIC KEY", "a public key",
            "RSA PUBLIC KEY", "a public key",
            "CERTIFICATE", "a certificate",
            "X509 CERTIFICATE", "a certificate",
            "TRUSTED CERTIFICATE", "a certificate",
            "CERTIFICATE REQUEST", "a certificate request",
            "NEW CERTIFICATE REQUEST", "a certificate request");

    static final int LEAST_BITS = 2048; // RFC 7518, section 3.3

    private PrivateKeyReader() {}

    /**
     * A key to sign assertions with: {@code signing-key-too-weak} below 2048 bits.
     *
     * @param passphrase where the key is encrypted; not looked at where it is not
     */
    public static RsaKey read(byte[] upload, char @Nullable [] passphrase) {
        RsaKey key = readAny(upload, passphrase);
        if (key.bits() < LEAST_BITS) {
            throw UnreadableKey.tooWeak(key.bits(), LEAST_BITS);
        }
        return key;
    }

    /** A key that somebody else chose, of 1024 bits at least. Refusals are {@link UnreadableKey}s. */
    public static RsaKey readAny(byte[] upload, char @Nullable [] passphrase) {
        return read(upload, passphrase, true);
    }

    /** @param wrapped whether the upload may be a key in base64 or hexadecimal as a whole */
    private static RsaKey read(byte[] upload, char @Nullable [] passphrase, boolean wrapped) {
        if (isDer(upload)) {
            return DerKeyReader.read(upload, passphrase);
        }
        String text = ReceivedText.decode(upload);
        if (PlainText.trim(text).isEmpty()) {
            throw UnreadableKey.empty();
        }
        List<PemText.Block> blocks = PemText.blocks(text);
        if (!blocks.isEmpty()) {
            return fromPem(onlyKeyIn(blocks), passphrase);
        }
        if (PemText.begins(text)) {
            throw UnreadableKey.truncated();
        }
        if (JwkReader.isJwk(text)) {
            return JwkReader.read(text);
        }
        byte[] inside = wrapped ? PemText.unwrapped(text) : null;
        if (inside == null) {
            throw UnreadableKey.garbage();
        }
        return read(inside, passphrase, false);
    }

    /** A sequence by its tag and its length (X.690, section 8.1.3), which is told from a text starting with 0. */
    private static boolean isDer(byte[] upload) {
        return upload.length > 1
                && upload[0] == SEQUENCE
                && ((upload[1] & LONG_LENGTH) != 0 || upload[1] + 2 == upload.length);
    }

    /** The one private key, among certificates and whatever else the file holds. */
    private static PemText.Block onlyKeyIn(List<PemText.Block> blocks) {
        List<PemText.Block> keys =
                blocks.stream().filter(PemText.Block::isPrivateKey).toList();
        if (keys.size() > 1) {
            throw UnreadableKey.several();
        }
        if (keys.isEmpty()) {
            throw UnreadableKey.instead(
                    NOT_PRIVATE.getOrDefault(blocks.getLast().label(), "PEM without a private key"));
        }
        return keys.getFirst();
    }

    private static RsaKey fromPem(PemText.Block block, char @Nullable [] passphrase) {
        if (block.content() == null) {
            throw UnreadableKey.truncated();
        }
        String otherKey = OTHER_KEYS.get(block.label());
        if (otherKey != null) {
            throw UnreadableKey.instead(otherKey);
        }
        byte[] content = PemText.base64(block.content());
        if (content == null) {
            throw UnreadableKey.notBase64();
        }
        if (block.cipher() != null) {
            return DerKeyReader.fromInfo(KeyEncryption.openLegacy(block.written(), passphrase));
        }
        return DerKeyReader.read(content, passphrase);
    }
}
