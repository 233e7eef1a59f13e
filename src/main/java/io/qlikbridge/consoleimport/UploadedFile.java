package io.qlikbridge.consoleimport;

import io.qlikbridge.userimport.ImportPreview;
import java.nio.charset.Charset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file of users that an admin has uploaded, and what has become of it.
 *
 * @param size in bytes
 * @param read how many bytes the check or the import that is under way has read
 * @param silent whether that has not told of itself for so long that it has died
 * @param preview what was found out last
 * @param superseded whether the preview is another than the one that was to be imported
 * @param failure why the check or the import could not be done
 */
record UploadedFile(
        UUID id,
        String name,
        @Nullable String charset,
        long size,
        State state,
        long read,
        boolean silent,
        @Nullable ImportPreview preview,
        boolean superseded,
        @Nullable String failure) {

    /** What happens to it. */
    enum State {
        RECEIVING,
        CHECKING,
        CHECKED,
        IMPORTING,
        IMPORTED,
        FAILED
    }

    /** Whether there is something to wait for. */
    public boolean isUnderWay() {
        return !silent && (state == State.CHECKING || state == State.IMPORTING);
    }

    /** Whether what was under way has died. */
    public boolean isStopped() {
        return silent && (state == State.CHECKING || state == State.IMPORTING);
    }

    /** Whether it can only be begun again. */
    public boolean isFailed() {
        return state == State.FAILED || isStopped();
    }

    @Nullable
    Charset encoding() {
        return charset == null ? null : Charset.forName(charset);
    }
}
