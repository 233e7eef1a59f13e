package io.qlikbridge.signing;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bouncycastle.util.io.pem.PemHeader;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads a private RSA key in any form it is usually kept in: PEM (RFC 7468, with whatever text around it) or DER; PKCS#8,
 * encrypted PKCS#8, PKCS#1, and PKCS#1 in OpenSSL's own old encryption. Everything else is {@code signing-key-unreadable},
 * with a sentence of its own.
 */
final class PrivateKeyReader {

    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----");
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

    private PrivateKeyReader() {}

    /** @param passphrase where the key is encrypted; not looked at where it is not */
    static RsaKey read(byte[] upload, char @Nullable [] passphrase) {
        if (isDer(upload)) {
            return DerKeyReader.read(upload, passphrase);
        }
        String text = text(upload);
        if (text.isBlank()) {
            throw UnreadableKey.empty();
        }
        return fromPem(onlyKeyIn(text), passphrase);
    }

    /** A sequence by its tag and its length (X.690, section 8.1.3), which is told from a text starting with 0. */
    private static boolean isDer(byte[] upload) {
        return upload.length > 1
                && upload[0] == SEQUENCE
                && ((upload[1] & LONG_LENGTH) != 0 || upload[1] + 2 == upload.length);
    }

    /** The upload without byte order mark and indentation, and with one sort of line ends. */
    private static String text(byte[] upload) {
        String text = new String(upload, charset(upload)).replaceFirst("^(\ufeff|\u00ef\u00bb\u00bf)", "");
        return text.lines().map(String::strip).collect(Collectors.joining("\n", "", "\n"));
    }

    private static Charset charset(byte[] upload) {
        int mark = upload.length < 2 ? 0 : (upload[0] & 0xff) << 8 | upload[1] & 0xff;
        // what Windows PowerShell makes of output that is redirected to a file
        return mark == 0xfffe || mark == 0xfeff ? StandardCharsets.UTF_16 : StandardCharsets.ISO_8859_1;
    }

    /** The PEM block of the one private key, among certificates and whatever else the file holds. */
    private static String onlyKeyIn(String text) {
        String key = null;
        String other = null;
        for (Matcher begin = BEGIN.matcher(text); begin.find(); ) {
            if (!begin.group(1).endsWith("PRIVATE KEY")) {
                other = begin.group(1);
            } else if (key == null) {
                key = block(text, begin);
            } else {
                throw UnreadableKey.several();
            }
        }
        if (key != null) {
            return key;
        }
        if (other != null) {
            throw UnreadableKey.instead(NOT_PRIVATE.getOrDefault(other, "PEM without a private key"));
        }
        throw text.contains("-----BEGIN") ? UnreadableKey.truncated() : UnreadableKey.garbage();
    }

    private static String block(String text, Matcher begin) {
        String last = "-----END " + begin.group(1) + "-----";
        int end = text.indexOf(last, begin.end());
        if (end < 0) {
            throw UnreadableKey.truncated();
        }
        return text.substring(begin.start(), end + last.length());
    }

    private static RsaKey fromPem(String block, char @Nullable [] passphrase) {
        PemObject pem = parse(block);
        String otherKey = OTHER_KEYS.get(pem.getType());
        if (otherKey != null) {
            throw UnreadableKey.instead(otherKey);
        }
        for (Object header : pem.getHeaders()) {
            if (((PemHeader) header).getName().equals("Proc-Type")) {
                return DerKeyReader.fromInfo(KeyEncryption.openLegacy(block, passphrase));
            }
        }
        return DerKeyReader.read(pem.getContent(), passphrase);
    }

    private static PemObject parse(String block) {
        try (PemReader reader = new PemReader(new StringReader(block))) {
            PemObject pem = reader.readPemObject();
            if (pem != null) {
                return pem;
            }
        } catch (IOException | RuntimeException notBase64) {
            throw UnreadableKey.damaged();
        }
        throw UnreadableKey.damaged();
    }
}
