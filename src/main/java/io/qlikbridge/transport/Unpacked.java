package io.qlikbridge.transport;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * What a gzip of a tenant's holds (RFC 1952), to some length: a byte of it stands for a thousand at most, so a small answer
 * could be one without an end. Its reader lets others on every so many bytes.
 */
public final class Unpacked extends GZIPInputStream {

    /** Members that hold nothing, one behind the other; each costs a call within the call for the one before. */
    private static final int MOST_EMPTY = 100;

    private final long most;
    private long all;
    private final Turn turn = new Turn();
    private int depth;

    /**
     * @param packed of which the header is read at once
     * @param buffer how many bytes of it are read at a time
     * @param most how many bytes it may hold; a {@link ZipException} tells of more
     */
    public Unpacked(InputStream packed, int buffer, long most) throws IOException {
        super(packed, buffer);
        this.most = most;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (depth > MOST_EMPTY) {
            throw new ZipException("Nothing but empty members");
        }
        depth++;
        int read;
        try {
            read = super.read(bytes, offset, length);
        } catch (EOFException early) {
            throw (ZipException) new ZipException("Ended too early").initCause(early);
        } finally {
            depth--;
        }
        if (depth == 0 && read > 0) {
            count(read);
        }
        return read;
    }

    private void count(int read) throws ZipException {
        all += read;
        if (all > most) {
            throw new ZipException("Longer than " + most + " bytes");
        }
        turn.count(read);
    }
}
