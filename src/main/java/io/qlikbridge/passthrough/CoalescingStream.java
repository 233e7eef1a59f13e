package io.qlikbridge.passthrough;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Gathers small pieces, since each write to a response passes through all filters. Unlike Java's own it can be drained
 * without a flush, which would commit an answer before its length is known. Not for use by several threads.
 */
final class CoalescingStream extends OutputStream {

    private final OutputStream out;
    private final byte[] buffer;
    private int length;

    CoalescingStream(OutputStream out, int size) {
        this.out = out;
        this.buffer = new byte[size];
    }

    @Override
    public void write(int one) throws IOException {
        if (length == buffer.length) {
            drain();
        }
        buffer[length++] = (byte) one;
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        if (count > buffer.length - length) {
            drain();
            if (count >= buffer.length) {
                out.write(bytes, from, count);
                return;
            }
        }
        System.arraycopy(bytes, from, buffer, length, count);
        length += count;
    }

    /** Hands on what was gathered. */
    void drain() throws IOException {
        if (length > 0) {
            out.write(buffer, 0, length);
            length = 0;
        }
    }

    @Override
    public void flush() throws IOException {
        drain();
        out.flush();
    }
}
