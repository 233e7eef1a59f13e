package io.qlikbridge.subject;

import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The text of an import: UTF-8, without a byte order mark in front. Bytes that are none become half a surrogate pair, which
 * UTF-8 never gives, so that every such line can be named. A record that does not end is not read on and on.
 */
final class ImportText extends FilterReader {

    /** The longest record, in UTF-16 units and give or take a buffer; the longest list of groups is a quarter of it. */
    static final int LONGEST_RECORD = 1 << 20;

    private static final char BYTE_ORDER_MARK = '\ufeff';
    private static final char NOT_UTF_8 = '\ud800';

    private boolean begun;
    private int left = LONGEST_RECORD;

    ImportText(InputStream bytes) {
        super(new InputStreamReader(
                bytes,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .replaceWith(String.valueOf(NOT_UTF_8))));
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
        int read = in.read(buffer, offset, length);
        if (!begun && read > 0) {
            begun = true;
            if (buffer[offset] == BYTE_ORDER_MARK) {
                System.arraycopy(buffer, offset + 1, buffer, offset, --read);
                return read > 0 ? read : read(buffer, offset, length);
            }
        }
        left -= Math.max(0, read);
        return read;
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    /** A record has no end, or is longer than any user can be. */
    static final class RecordTooLong extends IOException {

        private RecordTooLong() {
            super("A record is longer than " + LONGEST_RECORD + " characters");
        }
    }
}
