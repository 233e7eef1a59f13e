package io.qlikbridge.web;

import io.qlikbridge.failure.ContentTooLarge;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** A request whose body ends in {@link ContentTooLarge} when more than the limit is read from it. */
class LimitedRequest extends HttpServletRequestWrapper {

    private static final String FORM = "application/x-www-form-urlencoded";

    private final AddressLimits.Limit limit;
    private @Nullable ServletInputStream body;

    LimitedRequest(HttpServletRequest request, AddressLimits.Limit limit) {
        super(request);
        this.limit = limit;
    }

    /**
     * Reads the body to its end, if the address takes small ones alone. Forms are left to the servlet container.
     *
     * @throws ContentTooLarge if it is larger than it may be
     */
    void readIfSmall() throws IOException {
        String type = getContentType();
        boolean form = type != null && type.regionMatches(true, 0, FORM, 0, FORM.length());
        if (limit.isSmall() && !form && body == null) {
            ServletInputStream wire = new LimitedBody(super.getInputStream(), limit.body());
            body = new KeptBody(new ByteArrayInputStream(wire.readAllBytes()));
        }
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (body == null) {
            body = new LimitedBody(super.getInputStream(), limit.body());
        }
        return body;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        String encoding = getCharacterEncoding();
        Charset charset = encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding);
        return new BufferedReader(new InputStreamReader(getInputStream(), charset));
    }

    private static final class LimitedBody extends ServletInputStream {

        private final ServletInputStream body;
        private final DataSize limit;
        private long left;

        private LimitedBody(ServletInputStream body, DataSize limit) {
            this.body = body;
            this.limit = limit;
            this.left = limit.toBytes();
        }

        @Override
        public int read() throws IOException {
            int next = body.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = body.read(buffer, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int read) throws ContentTooLarge {
            left -= read;
            if (left < 0) {
                throw new ContentTooLarge(limit);
            }
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    private static final class KeptBody extends ServletInputStream {

        private final ByteArrayInputStream bytes;

        private KeptBody(ByteArrayInputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return bytes.read(buffer, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("Nothing is read asynchronously here");
        }
    }
}
