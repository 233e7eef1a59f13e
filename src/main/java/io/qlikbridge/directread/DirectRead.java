package io.qlikbridge.directread;

import org.jspecify.annotations.Nullable;

/** A kind of read that can be served with what is in memory and one call. */
public interface DirectRead {

    /**
     * Makes a read ready, by the rules that hold for it wherever it is served. Neither waits nor changes anything.
     *
     * @return {@code null} for what is no read of this kind, or not plain enough
     * @throws RuntimeException for what is refused, or not in memory: whoever serves everything else tells why
     */
    @Nullable
    ReadyRead prepare(AskedRead asked);
}
