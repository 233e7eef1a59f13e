package io.qlikbridge.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketBufferHandler;

/**
 * A channel that reads what has come in before it is closed. A system that closes a connection with bytes nobody has read resets it,
 * and the caller may lose the answer, such as the one that refuses a head which is too long (RFC 9112, section 9.6).
 */
final class DrainedChannel extends NioChannel {

    private static final int PIECE = 8 * 1024;

    /** A caller that sends more than that is not waited for. */
    private static final int MOST_BYTES = 1024 * 1024;

    DrainedChannel(SocketBufferHandler buffers) {
        super(buffers);
    }

    @Override
    public void close() throws IOException {
        drain();
        super.close();
    }

    /** Without waiting for any more of it. */
    private void drain() {
        SocketChannel channel = getIOChannel();
        if (channel == null || !channel.isOpen() || channel.isBlocking()) {
            return;
        }
        try {
            ByteBuffer piece = ByteBuffer.allocate(PIECE);
            int read = 0;
            for (int length = channel.read(piece); length > 0 && read < MOST_BYTES; length = channel.read(piece)) {
                read += length;
                piece.clear();
            }
        } catch (IOException gone) {
            // there is nobody who could lose anything
        }
    }
}
