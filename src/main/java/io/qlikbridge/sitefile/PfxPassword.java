package io.qlikbridge.sitefile;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A password as PKCS#12 takes it.
 *
 * @param utf16 big-endian with two zeros behind (RFC 7292, appendix B.1), for the schemes of PKCS#12
 * @param utf8 for PBES2
 */
record PfxPassword(byte[] utf16, byte[] utf8) {

    /** No password is written in two ways. */
    private static final List<PfxPassword> NONE =
            List.of(new PfxPassword(new byte[2], new byte[0]), new PfxPassword(new byte[0], new byte[0]));

    /**
     * What a passphrase may mean: itself; each byte of its UTF-8 as a character, as old versions of OpenSSL wrote it; and none, which a file
     * may have all the same.
     */
    static List<PfxPassword> of(char @Nullable [] passphrase) {
        List<PfxPassword> all = new ArrayList<>();
        if (passphrase != null && passphrase.length > 0) {
            byte[] utf8 = encoded(passphrase, StandardCharsets.UTF_8);
            all.add(new PfxPassword(utf16(passphrase), utf8));
            char[] bytes = characters(utf8);
            if (!Arrays.equals(bytes, passphrase)) {
                all.add(new PfxPassword(utf16(bytes), encoded(passphrase, StandardCharsets.ISO_8859_1)));
            }
        }
        all.addAll(NONE);
        return all;
    }

    private static byte[] utf16(char[] characters) {
        byte[] plain = encoded(characters, StandardCharsets.UTF_16BE);
        return Arrays.copyOf(plain, plain.length + 2);
    }

    private static byte[] encoded(char[] characters, Charset charset) {
        ByteBuffer bytes = charset.encode(CharBuffer.wrap(characters));
        byte[] exact = new byte[bytes.remaining()];
        bytes.get(exact);
        return exact;
    }

    private static char[] characters(byte[] bytes) {
        char[] characters = new char[bytes.length];
        for (int at = 0; at < bytes.length; at++) {
            characters[at] = (char) (bytes[at] & 0xff);
        }
        return characters;
    }

    @Override
    public String toString() {
        return "PfxPassword[]";
    }
}
