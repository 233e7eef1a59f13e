package io.qlikbridge.eventloop;

import io.netty.buffer.ByteBuf;

/**
 * The bytes of one buffer after the other, as an array: the buffer's own where it has one, else one that is used again and again. For one
 * thread, and for as long as the next buffer is not taken.
 */
public final class Bytes {

    private static final byte[] NONE = {};

    private byte[] copy = NONE;
    private byte[] array = NONE;
    private int from;
    private int to;

    /** Takes what is to be read of a buffer, which stays as it is. */
    public void take(ByteBuf buffer) {
        int count = buffer.readableBytes();
        if (buffer.hasArray()) {
            array = buffer.array();
            from = buffer.arrayOffset() + buffer.readerIndex();
        } else {
            if (count > copy.length) {
                copy = new byte[count];
            }
            buffer.getBytes(buffer.readerIndex(), copy, 0, count);
            array = copy;
            from = 0;
        }
        to = from + count;
    }

    public byte[] array() {
        return array;
    }

    public int from() {
        return from;
    }

    public int to() {
        return to;
    }
}
