package io.qlikbridge.eventloop;

import java.io.OutputStream;
import java.util.Arrays;

/** Bytes that are gathered, and looked at where they are. For one thread. */
public final class AnswerBuffer extends OutputStream {

    private byte[] bytes;
    private int length;

    public AnswerBuffer(int capacity) {
        this.bytes = new byte[capacity];
    }

    @Override
    public void write(int one) {
        require(1);
        bytes[length++] = (byte) one;
    }

    @Override
    public void write(byte[] more, int from, int count) {
        require(count);
        System.arraycopy(more, from, bytes, length, count);
        length += count;
    }

    /** ASCII alone. */
    public AnswerBuffer add(String text) {
        int count = text.length();
        require(count);
        for (int at = 0; at < count; at++) {
            bytes[length + at] = (byte) text.charAt(at);
        }
        length += count;
        return this;
    }

    private void require(int more) {
        if (more > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public void clear() {
        length = 0;
    }
}
