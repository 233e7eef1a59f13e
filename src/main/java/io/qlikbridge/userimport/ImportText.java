package io.qlikbridge.userimport;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The text of an import: in UTF-8, or in UTF-16 as its byte order mark, or the zeros in its first characters, tell. Bytes that
 * are no text become half a surrogate pair, so that every such line can be named. A record that does not end is not read on
 * and on.
 */
final class ImportText extends Reader {

    /** The longest record, in UTF-16 units and give or take a buffer; the longest list of groups is a quarter of it. */
    static final int LONGEST_RECORD = 1 << 20;

    private static final char BYTE_ORDER_MARK = '\ufeff';
    private static final char NOT_UTF_8 = '\ud800';
    private static final int LONGEST_HEAD = 1 << 16;

    private final Reader in;
    private String head = "";
    private int headAt;
    private int left = LONGEST_RECORD;

    /** @param charset as the sender names it; {@code null} for what the first bytes tell */
    ImportText(InputStream bytes, @Nullable Charset charset) throws IOException {
        PushbackInputStream body = new PushbackInputStream(bytes, 4);
        byte[] first = body.readNBytes(4);
        body.unread(first);
        requireText(first);
        this.in = new InputStreamReader(
                body,
                (charset == null ? told(first) : charset)
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)
                        .replaceWith(String.valueOf(NOT_UTF_8)));
        readHead();
    }

    private static Charset told(byte[] first) {
        int one = first.length > 0 ? first[0] & 0xFF : -1;
        int two = first.length > 1 ? first[1] & 0xFF : -1;
        if (one == 0xFF && two == 0xFE || one > 0 && two == 0) {
            return StandardCharsets.UTF_16LE;
        }
        return one == 0xFE && two == 0xFF || one == 0 && two > 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
    }

    private static void requireText(byte[] first) throws NoText {
        boolean zip = first.length == 4 && first[0] == 'P' && first[1] == 'K' && first[2] == 3 && first[3] == 4;
        boolean ole = first.length == 4 && first[0] == (byte) 0xD0 && first[1] == (byte) 0xCF && first[2] == 0x11;
        if (zip || ole) {
            throw new NoText();
        }
    }

    /** Up to the first line that has anything on it. */
    private void readHead() throws IOException {
        StringBuilder read = new StringBuilder();
        boolean anything = false;
        int character = in.read();
        if (character == BYTE_ORDER_MARK) {
            character = in.read();
        }
        while (character >= 0) {
            read.append((char) character);
            boolean ends = character == '\n' || character == '\r';
            if (ends && anything || read.length() == LONGEST_HEAD) {
                break;
            }
            anything |= !ends && character != ',' && character != ';' && character != '\t' && character != ' ';
            character = in.read();
        }
        head = read.toString();
    }

    /** The first line that has anything on it, and what is before it. */
    String head() {
        return head;
    }

    /** Whether all of a text was UTF-8. */
    static boolean isWhole(String text) {
        return text.indexOf(NOT_UTF_8) < 0 || text.codePoints().noneMatch(character -> character == NOT_UTF_8);
    }

    /** From here on another record is read. */
    void beginRecord() {
        left = LONGEST_RECORD;
    }

    /** @throws RecordTooLong when the record goes on for too long */
    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        if (left <= 0) {
            throw new RecordTooLong();
        }
        int read = headAt < head.length() ? readOfHead(buffer, offset, length) : in.read(buffer, offset, length);
        left -= Math.max(0, read);
        return read;
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    private int readOfHead(char[] buffer, int offset, int length) {
        int end = Math.min(head.length(), headAt + length);
        head.getChars(headAt, end, buffer, offset);
        int read = end - headAt;
        headAt = end;
        return read;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** It is a workbook, not a text. */
    static final class NoText extends IOException {

        private NoText() {
            super("An Excel workbook is no text");
        }
    }

    /** A record has no end, or is longer than any user can be. */
    static final class RecordTooLong extends IOException {

        private RecordTooLong() {
            super("A record is longer than " + LONGEST_RECORD + " characters");
        }
    }
}
