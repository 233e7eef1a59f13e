package io.qlikbridge.eventloop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.OutputStream;
import java.util.Arrays;

/** Bytes that are gathered, and looked at where they are. For one thread. */
public final class AnswerBuffer extends OutputStream {

    private byte[] bytes;
    private int from;
    private int to;

    public AnswerBuffer(int capacity) {
        this(0, capacity);
    }

    /** @param front room for what is known last and goes before everything else, such as the head of an answer */
    public AnswerBuffer(int front, int capacity) {
        this.bytes = new byte[front + capacity];
        this.from = front;
        this.to = front;
    }

    @Override
    public void write(int one) {
        require(1);
        bytes[to++] = (byte) one;
    }

    @Override
    public void write(byte[] more, int first, int count) {
        require(count);
        System.arraycopy(more, first, bytes, to, count);
        to += count;
    }

    /** ASCII alone. */
    public AnswerBuffer add(String text) {
        int count = text.length();
        require(count);
        for (int at = 0; at < count; at++) {
            bytes[to + at] = (byte) text.charAt(at);
        }
        to += count;
        return this;
    }

    public AnswerBuffer add(AnswerBuffer more) {
        write(more.bytes, more.from, more.length());
        return this;
    }

    /** Puts something before all that is here. */
    public void addFirst(AnswerBuffer more) {
        int count = more.length();
        if (count > from) {
            byte[] larger = new byte[count + bytes.length - from];
            System.arraycopy(bytes, from, larger, count, length());
            to = count + length();
            from = count;
            bytes = larger;
        }
        from -= count;
        System.arraycopy(more.bytes, more.from, bytes, from, count);
    }

    private void require(int more) {
        if (more > bytes.length - to) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, to + more));
        }
    }

    /** They are this buffer's from {@link #from} on. */
    public byte[] bytes() {
        return bytes;
    }

    public int from() {
        return from;
    }

    public int length() {
        return to - from;
    }

    /** The same bytes for Netty: nothing may be written here after it was sent. */
    public ByteBuf wrapped() {
        return Unpooled.wrappedBuffer(bytes, from, length());
    }

    public void clear() {
        to = from;
    }
}
