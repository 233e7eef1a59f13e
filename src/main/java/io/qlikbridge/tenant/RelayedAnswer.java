package io.qlikbridge.tenant;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A tenant's answer on its way to a caller. It holds a place at the tenant until it is closed. */
public interface RelayedAnswer extends AutoCloseable {

    int status();

    /** The header's first value; {@code null} where it was not sent. */
    @Nullable
    String header(String name);

    /** How many bytes the body has; -1 where that shows only at its end. */
    long length();

    /**
     * The body as it was sent, compressed if it was. Always the same stream. A failure to read it is an {@link
     * java.io.IOException} that is caused by a {@link TenantException}.
     */
    InputStream body();

    @Override
    void close();

    /** An answer that is here as a whole and holds no place. */
    static RelayedAnswer whole(int status, Map<String, String> headers, byte[] body) {
        Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        InputStream stream = new ByteArrayInputStream(body);
        return new RelayedAnswer() {
            @Override
            public int status() {
                return status;
            }

            @Override
            public @Nullable String header(String name) {
                return anyCase.get(name);
            }

            @Override
            public long length() {
                return body.length;
            }

            @Override
            public InputStream body() {
                return stream;
            }

            @Override
            public void close() {
                // nothing is held
            }
        };
    }
}
