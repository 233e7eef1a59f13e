package io.qlikbridge.userimport;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/** A body that is made while it is read, a line at a time. */
class GeneratedLines extends InputStream {

    private final IntFunction<String> lines;
    private final int count;
    private int made;
    private byte[] line;
    private int at;

    GeneratedLines(String header, IntFunction<String> lines, int count) {
        this.lines = lines;
        this.count = count;
        this.line = header.getBytes(StandardCharsets.UTF_8);
    }

    /** How many lines were asked for so far, without the header. */
    int made() {
        return made;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        int read = 0;
        while (read < length && (at < line.length || next())) {
            int some = Math.min(length - read, line.length - at);
            System.arraycopy(line, at, buffer, offset + read, some);
            at += some;
            read += some;
        }
        return read == 0 ? -1 : read;
    }

    private boolean next() {
        if (made == count) {
            return false;
        }
        line = lines.apply(made++).getBytes(StandardCharsets.UTF_8);
        at = 0;
        return true;
    }
}
