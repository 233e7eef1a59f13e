package io.qlikbridge.sitecall;

import io.qlikbridge.tenant.RelayedAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** An answer whose first bytes were looked at, and are still there. */
final class PeekedAnswer implements RelayedAnswer {

    /** As much as tells a page from a document. */
    private static final int MOST = 64;

    private final RelayedAnswer answer;
    private final PushbackInputStream body;
    private final String beginning;

    private PeekedAnswer(RelayedAnswer answer, PushbackInputStream body, String beginning) {
        this.answer = answer;
        this.body = body;
        this.beginning = beginning;
    }

    /** Waits for the first bytes of the body, and for no more than there are. */
    static PeekedAnswer of(RelayedAnswer answer) {
        PushbackInputStream body = new PushbackInputStream(answer.body(), MOST);
        byte[] first = new byte[MOST];
        try {
            int read = body.read(first);
            if (read > 0) {
                body.unread(first, 0, read);
            }
            return new PeekedAnswer(answer, body, new String(first, 0, Math.max(read, 0), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            if (broken.getCause() instanceof RuntimeException told) {
                throw told;
            }
            throw new UncheckedIOException(broken);
        }
    }

    String beginning() {
        return beginning;
    }

    @Override
    public int status() {
        return answer.status();
    }

    @Override
    public @Nullable String header(String name) {
        return answer.header(name);
    }

    @Override
    public long length() {
        return answer.length();
    }

    @Override
    public InputStream body() {
        return body;
    }

    @Override
    public void close() {
        answer.close();
    }
}
