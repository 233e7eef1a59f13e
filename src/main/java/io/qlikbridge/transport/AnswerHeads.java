package io.qlikbridge.transport;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.HttpTransportMetrics;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.util.CharArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Bounds all of an answer that is not its body: status line and headers, by each and as a whole, the lines between chunks,
 * and trailers. The client itself takes what comes, and keeps it.
 */
final class AnswerHeads extends DefaultHttpResponseParser {

    /** More than the edge of Qlik Cloud lets through. */
    private static final int MOST_CHARACTERS = 64 * 1024;

    private static final Http1Config HEADS = Http1Config.custom()
            .setMaxLineLength(16 * 1024)
            .setMaxHeaderCount(200)
            .setMaxEmptyLineCount(10)
            .build();

    /** Of chunks and trailers, of which Qlik sends none. */
    private static final Http1Config CHUNKS =
            Http1Config.custom().setMaxLineLength(1024).setMaxHeaderCount(10).build();

    private AnswerHeads() {
        super(HEADS);
    }

    /** Makes connections whose answers are bounded so. */
    static ManagedHttpClientConnectionFactory connections() {
        return ManagedHttpClientConnectionFactory.builder()
                .http1Config(CHUNKS)
                .responseParserFactory(ignored -> new AnswerHeads())
                .build();
    }

    @Override
    public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in) throws IOException, HttpException {
        return super.parse(new Bounded(buffer), in);
    }

    /** A status has three digits (RFC 9112, section 4). */
    @Override
    protected @Nullable ClassicHttpResponse createMessage(CharArrayBuffer line) throws IOException, HttpException {
        ClassicHttpResponse response;
        try {
            response = super.createMessage(line);
        } catch (HttpException noStatusLine) {
            // it is passed over, so that what speaks no HTTP at all has given no answer
            return null;
        }
        if (response.getCode() < 100 || response.getCode() > 999) {
            throw new ProtocolException("A status of " + response.getCode());
        }
        return response;
    }

    /** Of one head. */
    private static final class Bounded implements SessionInputBuffer {

        private final SessionInputBuffer buffer;
        private int characters;

        private Bounded(SessionInputBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public int readLine(CharArrayBuffer line, InputStream in) throws IOException {
            int read = buffer.readLine(line, in);
            characters += Math.max(read, 0);
            if (characters > MOST_CHARACTERS) {
                throw new MessageConstraintException("Longer than " + MOST_CHARACTERS + " characters");
            }
            return read;
        }

        @Override
        public int length() {
            return buffer.length();
        }

        @Override
        public int capacity() {
            return buffer.capacity();
        }

        @Override
        public int available() {
            return buffer.available();
        }

        @Override
        public int read(byte[] bytes, int offset, int length, InputStream in) throws IOException {
            return buffer.read(bytes, offset, length, in);
        }

        @Override
        public int read(byte[] bytes, InputStream in) throws IOException {
            return buffer.read(bytes, in);
        }

        @Override
        public int read(InputStream in) throws IOException {
            return buffer.read(in);
        }

        @Override
        public HttpTransportMetrics getMetrics() {
            return buffer.getMetrics();
        }
    }
}
