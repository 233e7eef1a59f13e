package io.qlikbridge.upstream;

import io.qlikbridge.transport.Unpacked;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;

/** Reads an answer to its end, and holds no more of it than is wanted. */
final class AnswerReader {

    static final String GZIP = "gzip";

    /** Of a refusal; none of Qlik's comes near it. */
    private static final int MOST_OF_A_REFUSAL = 64 * 1024;

    private static final int BUFFER = 8 * 1024;

    /** Where it shows whether there is a web page; less than the buffer, to be read again. */
    private static final int MOST_OF_A_BEGINNING = 200;

    /** A document may be so long, and what is read behind one that is none. */
    private static final long MOST_UNPACKED = 2L * Excerpt.MOST_BYTES;

    private AnswerReader() {}

    static TenantAnswer read(TenantCall call, Wanted wanted, ClassicHttpResponse response, AnswerRoom.Share share)
            throws IOException {
        HttpStatusCode status = HttpStatusCode.valueOf(response.getCode());
        HttpHeaders headers = new HttpHeaders();
        for (Header header : response.getHeaders()) {
            headers.add(header.getName(), header.getValue());
        }
        HttpEntity entity = response.getEntity();
        if (entity == null || entity.getContentLength() == 0) {
            return new TenantAnswer(status, headers, new byte[0]);
        }
        // closed at once, which breaks off what is longer
        try (InputStream packed = entity.getContent();
                InputStream content = new BufferedInputStream(unpacked(call, entity, packed), BUFFER)) {
            if (!status.is2xxSuccessful()) {
                byte[] body = content.readNBytes(MOST_OF_A_REFUSAL);
                share.add(body.length);
                return new TenantAnswer(status, headers, body);
            }
            return new TenantAnswer(status, headers, new byte[0], document(call, wanted, content, share));
        }
    }

    private static Excerpt.@Nullable Reading document(
            TenantCall call, Wanted wanted, InputStream content, AnswerRoom.Share share) throws IOException {
        content.mark(MOST_OF_A_BEGINNING);
        byte[] beginning = content.readNBytes(MOST_OF_A_BEGINNING);
        if (beginning.length == 0) {
            return null;
        }
        content.reset();
        Excerpt.Reading document =
                TenantAnswer.isMarkup(beginning) ? Excerpt.Reading.ofAPage() : Excerpt.of(content, wanted, share);
        if (document.tooMuch()) {
            throw UpstreamErrors.unreadable(call, document.why());
        }
        // the rest is read for its connection's sake, to be used again
        if (document.object() == null && isLong(content)) {
            throw UpstreamErrors.unreadable(call, "it is longer than " + Excerpt.MOST_BYTES + " bytes");
        }
        return document;
    }

    private static boolean isLong(InputStream rest) throws IOException {
        byte[] piece = new byte[BUFFER];
        long all = 0;
        for (int read = rest.read(piece); read >= 0; read = rest.read(piece)) {
            all += read;
            if (all > Excerpt.MOST_BYTES) {
                return true;
            }
        }
        return false;
    }

    private static InputStream unpacked(TenantCall call, HttpEntity entity, InputStream content) throws IOException {
        String coding = entity.getContentEncoding();
        if (coding == null || coding.isBlank() || coding.strip().equalsIgnoreCase("identity")) {
            return content;
        }
        if (coding.strip().equalsIgnoreCase(GZIP) || coding.strip().equalsIgnoreCase("x-gzip")) {
            try {
                return new Unpacked(content, BUFFER, MOST_UNPACKED);
            } catch (EOFException early) {
                throw (ZipException) new ZipException("Ended within its header").initCause(early);
            }
        }
        throw UpstreamErrors.unreadable(call, "it is compressed in a way that was not asked for");
    }
}
