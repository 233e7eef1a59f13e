package io.qlikbridge.directread;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.BiConsumer;

/** What the caller gets for a tenant's answer. For one answer and one thread. */
public interface AnswerForm {

    int status();

    /** The headers that are of this answer, in their order; not those that every answer has, nor those of its framing. */
    void headers(BiConsumer<String, String> header);

    /** Whether the body can be passed on while it comes, by {@link #push} and {@link #finish}. */
    boolean streams();

    /** Writes what a part of the tenant's body becomes. */
    default void push(byte[] bytes, int from, int to, OutputStream out) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Writes what was held back. */
    default void finish(OutputStream out) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Writes what the tenant's whole body becomes.
     *
     * @return whether it is good; what was written is worth nothing otherwise
     */
    boolean whole(byte[] bytes, int length, OutputStream out) throws IOException;
}
