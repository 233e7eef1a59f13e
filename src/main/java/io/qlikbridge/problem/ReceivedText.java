package io.qlikbridge.problem;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The text of a file that people's tools wrote, in whatever encoding. */
public final class ReceivedText {

    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private ReceivedText() {}

    /**
     * The text of a file, without its byte order mark: UTF-16 as Windows PowerShell writes it, with a mark or without; UTF-8;
     * else Windows-1252, in which every byte is a character.
     */
    public static String decode(byte[] bytes) {
        Charset utf16 = utf16(bytes);
        String text = utf16 == null ? utf8OrWindows(bytes) : new String(bytes, utf16);
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private static @Nullable Charset utf16(byte[] bytes) {
        if (bytes.length < 2) {
            return null;
        }
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        if (first == 0xff && second == 0xfe || first != 0 && second == 0) {
            return StandardCharsets.UTF_16LE;
        }
        return first == 0xfe && second == 0xff || first == 0 && second != 0 ? StandardCharsets.UTF_16BE : null;
    }

    private static String utf8OrWindows(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException another) {
            return new String(bytes, WINDOWS);
        }
    }
}
