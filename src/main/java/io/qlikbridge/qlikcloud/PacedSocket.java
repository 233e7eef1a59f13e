package io.qlikbridge.qlikcloud;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * A socket whose reader lets others on every so many bytes. A virtual thread has no time slice: one that always finds
 * something to read would keep its processor from all other requests for as long as a tenant sends.
 */
final class PacedSocket extends Socket {

    private static final int BYTES_OF_A_TURN = 64 * 1024;

    private PacedSocket() {}

    private PacedSocket(Proxy proxy) {
        super(proxy);
    }

    static Socket through(@Nullable Proxy proxy) {
        return proxy == null ? new PacedSocket() : new PacedSocket(proxy);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new PacedStream(super.getInputStream());
    }

    private static final class PacedStream extends FilterInputStream {

        private int sinceTurn;

        private PacedStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(1);
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count(read);
            return read;
        }

        private void count(int read) {
            sinceTurn += read;
            if (sinceTurn >= BYTES_OF_A_TURN) {
                sinceTurn = 0;
                Thread.yield();
            }
        }
    }
}
