package io.qlikbridge.upstream;

import io.qlikbridge.tenant.RelayedAnswer;
import io.qlikbridge.tenant.TenantException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;

/** An answer that is still coming, and the place that its call has. */
public final class StreamedAnswer implements RelayedAnswer {

    /** Refusals are an error envelope, or an edge proxy's page. */
    private static final int MOST_KEPT = 64 * 1024;

    private final TenantCall call;
    private final ClassicHttpResponse response;
    private final Bulkhead.Permit permit;
    private final @Nullable HttpEntity entity;
    private final InputStream body;
    private boolean closed;

    StreamedAnswer(TenantCall call, ClassicHttpResponse response, Bulkhead.Permit permit) {
        this.call = call;
        this.response = response;
        this.permit = permit;
        this.entity = response.getEntity();
        this.body = entity == null ? InputStream.nullInputStream() : new Body(contentOf(entity));
    }

    @Override
    public int status() {
        return response.getCode();
    }

    @Override
    public @Nullable String header(String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    @Override
    public long length() {
        return entity == null ? 0 : entity.getContentLength();
    }

    @Override
    public InputStream body() {
        return body;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        // of an answer that was not read to its end, this gives the connection up
        try (permit;
                response;
                body) {
            return;
        } catch (IOException over) {
            return;
        }
    }

    /** What it says of the tenant's rate; {@code null} when it is no refusal of the rate. */
    @Nullable
    TenantAnswer limited() {
        if (status() != 429) {
            return null;
        }
        HttpHeaders headers = new HttpHeaders();
        for (Header header : response.getHeaders()) {
            headers.add(header.getName(), header.getValue());
        }
        return new TenantAnswer(HttpStatusCode.valueOf(429), headers, new byte[0]);
    }

    /** The same answer, read to its end. */
    public RelayedAnswer whole() {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : response.getHeaders()) {
            headers.putIfAbsent(header.getName(), header.getValue());
        }
        try {
            byte[] all = body.readNBytes(MOST_KEPT + 1);
            if (all.length > MOST_KEPT) {
                throw UpstreamErrors.unreadable(call, "it is longer than " + MOST_KEPT + " bytes, which no refusal is");
            }
            return RelayedAnswer.whole(status(), headers, all);
        } catch (BrokenOff broken) {
            throw broken.failure;
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    private static InputStream contentOf(HttpEntity entity) {
        try {
            return entity.getContent();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The tenant did not send all that it had begun to. */
    private static final class BrokenOff extends IOException {

        private final TenantException failure;

        private BrokenOff(TenantException failure) {
            super("The tenant's answer broke off", failure);
            this.failure = failure;
        }
    }

    private final class Body extends FilterInputStream {

        private Body(InputStream content) {
            super(content);
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (IOException failure) {
                throw new BrokenOff(TransportFailures.after(call, failure));
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return super.read(bytes, offset, length);
            } catch (IOException failure) {
                throw new BrokenOff(TransportFailures.after(call, failure));
            }
        }
    }
}
