package io.qlikbridge.sitesimulator;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;

/** The connection a request came by, for troubles that no answer could bring about. */
final class Wire {

    private static final byte[] ENTITY =
            "{\"id\":\"00000000-0000-4000-8000-000000000000\",\"name\":\"Again\"},".getBytes(StandardCharsets.US_ASCII);

    private final Socket raw;
    private final SSLSocket secured;
    private final CountDownLatch closing;

    Wire(Socket raw, SSLSocket secured, CountDownLatch closing) {
        this.raw = raw;
        this.secured = secured;
        this.closing = closing;
    }

    IOException reset() throws IOException {
        raw.setSoLinger(true, 0);
        raw.close();
        return new IOException("Reset on purpose");
    }

    IOException hangUp() throws IOException {
        secured.close();
        return new IOException("Hung up on purpose");
    }

    /** For ten minutes, or until the site is closed. */
    IOException hang() throws IOException {
        pause(600_000);
        return hangUp();
    }

    void writeForEver(OutputStream out) throws IOException {
        out.write('[');
        byte[] many = new String(ENTITY, StandardCharsets.US_ASCII).repeat(200).getBytes(StandardCharsets.US_ASCII);
        while (true) {
            out.write(many);
        }
    }

    void drip(OutputStream out) throws IOException {
        out.write('[');
        for (int at = 0; !pause(100); at++) {
            out.write(ENTITY[at % ENTITY.length]);
            out.flush();
        }
    }

    /** @return whether the site is being closed */
    boolean pause(long milliseconds) throws IOException {
        try {
            return closing.await(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IOException("Stopping", stopping);
        }
    }
}
