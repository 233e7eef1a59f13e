package io.qlikbridge.consoleimport;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.UUID;

/** What is in an uploaded file, a part at a time. */
final class UploadedFileInput extends InputStream {

    private final UploadedFileStore store;
    private final UUID id;
    private final long size;
    private byte[] part = {};
    private int at;
    private int number;
    private volatile long read;

    UploadedFileInput(UploadedFileStore store, UUID id, long size) {
        this.store = store;
        this.id = id;
        this.size = size;
    }

    /** How many bytes were read so far. */
    long bytesRead() {
        return read;
    }

    @Override
    public int read() throws IOException {
        return advance() ? part[moved(1)] & 0xFF : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!advance()) {
            return -1;
        }
        int count = Math.min(length, part.length - at);
        System.arraycopy(part, at, buffer, offset, count);
        moved(count);
        return count;
    }

    private int moved(int count) {
        int from = at;
        at += count;
        read += count;
        return from;
    }

    /** @throws IOException when the file was deleted meanwhile: what is there of it is not taken for all of it */
    private boolean advance() throws IOException {
        while (at == part.length) {
            Optional<byte[]> next = read < size ? store.part(id, number++) : Optional.empty();
            if (next.isEmpty()) {
                if (read < size) {
                    throw new IOException("The file was deleted while it was read");
                }
                return false;
            }
            part = next.get();
            at = 0;
        }
        return true;
    }
}
