package io.qlikbridge.passthrough;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Compresses for speed, and lets out all it has when it is flushed. */
final class QuickGzip extends GZIPOutputStream {

    private static final int BUFFER = 8 * 1024;

    QuickGzip(OutputStream out) throws IOException {
        super(out, BUFFER, true);
        def.setLevel(Deflater.BEST_SPEED);
    }

    /** Neither ends the body nor closes the stream below: an answer that broke off would look whole. */
    @Override
    public void close() {
        def.end();
    }
}
