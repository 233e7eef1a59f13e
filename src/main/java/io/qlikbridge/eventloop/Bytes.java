package io.qlikbridge.eventloop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/** The bytes of a buffer, as an array: its own where it has one. */
public final class Bytes {

    private Bytes() {}

    public static byte[] of(ByteBuf buffer) {
        return buffer.hasArray() ? buffer.array() : ByteBufUtil.getBytes(buffer);
    }

    /** Where what is to be read begins in {@link #of}. */
    public static int offset(ByteBuf buffer) {
        return buffer.hasArray() ? buffer.arrayOffset() + buffer.readerIndex() : 0;
    }
}
