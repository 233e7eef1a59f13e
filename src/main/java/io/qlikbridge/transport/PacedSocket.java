package io.qlikbridge.transport;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * A socket whose reader lets others on every so many bytes ({@link Turn}): else a tenant would keep a processor from all
 * other requests for as long as it sends.
 */
final class PacedSocket extends Socket {

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

        private final Turn turn = new Turn();

        private PacedStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            turn.count(1);
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            turn.count(read);
            return read;
        }
    }
}
