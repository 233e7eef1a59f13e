package io.qlikbridge.passthrough;

import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.tenant.RelayedAnswer;
import io.qlikbridge.transport.Unpacked;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Gives a tenant's answer to the caller: status, a few headers, and the body while it comes. Links in it lead to the bridge;
 * whatever else is in it stays as it is. Every body is read as JSON, whatever it says it is: so do clients.
 *
 * @param gzip whether the caller takes a compressed body
 * @param least what a string in it is for that is in no particular place
 */
record PassedAnswer(
        RelayedAnswer answer, URI asked, BridgeLinks links, boolean gzip, JsonPath.Role least, MostUnpacked most) {

    private static final String[] PASSED = {
        HttpHeaders.CONTENT_LANGUAGE,
        HttpHeaders.CONTENT_DISPOSITION,
        HttpHeaders.LAST_MODIFIED,
        HttpHeaders.RETRY_AFTER,
        "X-B3-Traceid"
    };

    /** What a cache has to compare: an answer is the one user's. */
    private static final String VARY = "Accept, Accept-Encoding, Accept-Language, Authorization, X-Bridge-User";

    private static final String PRIVATE = "private, no-cache";

    /** An answer that fits is given with its length instead of in chunks. */
    private static final int BUFFER = 32 * 1024;

    private static final int PIECE = 16 * 1024;

    private static final int MOST_BEHIND = 1_024;

    void write(HttpServletResponse response) throws IOException {
        Coding coding = Coding.of(answer.header(HttpHeaders.CONTENT_ENCODING));
        PassedType type = PassedType.of(answer);
        boolean packed = coding == Coding.GZIP && gzip;
        String location = location();
        response.setStatus(answer.status());
        headers(type, response::setHeader);
        if (location != null) {
            response.setHeader(HttpHeaders.LOCATION, location);
        }
        if (answer.length() == 0) {
            return;
        }
        response.setBufferSize(BUFFER);
        if (packed) {
            response.setHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        CoalescingStream out = new CoalescingStream(response.getOutputStream(), PIECE);
        writeBody(coding, out);
    }

    /** @param out gets the body, changed, and compressed if the caller takes that and the tenant's was */
    void writeBody(Coding coding, CoalescingStream out) throws IOException {
        if (coding == Coding.IDENTITY) {
            copy(answer.body(), out);
            out.drain();
            return;
        }
        boolean packed = gzip;
        try (InputStream in = unpacking()) {
            if (packed) {
                try (QuickGzip compressed = new QuickGzip(out)) {
                    copy(in, compressed);
                    compressed.finish();
                }
            } else {
                copy(in, out);
            }
            out.drain();
            // behind the last compressed byte there is the end of the answer, which frees its connection for another
            answer.body().readNBytes(MOST_BEHIND);
        } catch (ZipException | EOFException damaged) {
            throw unreadable("it says that it is gzip, and is damaged or unpacks to too much");
        }
    }

    private void copy(InputStream in, OutputStream out) throws IOException {
        long length = answer.length();
        boolean small = length >= 0 && length <= BUFFER;
        LinkRewriter rewriter = new LinkRewriter(links, least);
        byte[] piece = new byte[small ? (int) Math.max(length, 1_024) : PIECE];
        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
            rewriter.push(piece, 0, read, out);
            if (!small && answer.body().available() == 0) {
                // the tenant takes its time, so the caller gets what there is
                out.flush();
            }
        }
        rewriter.finish(out);
    }

    private InputStream unpacking() throws IOException {
        try {
            return new Unpacked(answer.body(), PIECE, most.bytes());
        } catch (ZipException | EOFException notGzip) {
            throw unreadable("it says that it is gzip and is not");
        }
    }

    /** All headers but those that tell how the body comes. */
    void headers(PassedType type, BiConsumer<String, String> set) {
        if (type.value() != null) {
            set.accept(HttpHeaders.CONTENT_TYPE, type.value());
        }
        for (String name : PASSED) {
            String value = answer.header(name);
            if (value != null) {
                set.accept(name, value);
            }
        }
        String tag = answer.header(HttpHeaders.ETAG);
        if (tag != null) {
            // the same content, but no longer the same bytes (RFC 9110, section 8.8.1)
            set.accept(HttpHeaders.ETAG, tag.startsWith("W/") ? tag : "W/" + tag);
        }
        set.accept(HttpHeaders.CACHE_CONTROL, cacheControl(answer.header(HttpHeaders.CACHE_CONTROL)));
        set.accept(HttpHeaders.VARY, VARY);
    }

    /** The tenant's word, unless it lets caches share what is one user's. */
    private static String cacheControl(@Nullable String said) {
        if (said == null) {
            return PRIVATE;
        }
        String lower = said.toLowerCase(Locale.ROOT);
        boolean own = lower.contains("private") || lower.contains("no-store");
        return own && !lower.contains("public") ? said : PRIVATE;
    }

    /** Resolved against what was asked, and leading to the bridge; a credential shall not be carried elsewhere. */
    private @Nullable String location() {
        String location = answer.header(HttpHeaders.LOCATION);
        if (location == null) {
            return null;
        }
        String changed;
        try {
            changed = links.changed(asked.resolve(location.strip()).toString());
        } catch (IllegalArgumentException malformed) {
            throw unreadable("it redirects to something that is not an address");
        }
        if (changed == null) {
            throw unreadable("it redirects to another host, which is not passed on");
        }
        return changed;
    }

    static BridgeException unreadable(String why) {
        return new BridgeException(
                ProblemCode.TENANT_ANSWER_UNREADABLE,
                "The tenant's answer cannot be read: " + why
                        + ". Check the host of the connection, and that no proxy answers in its place.");
    }

    enum Coding {
        IDENTITY,
        GZIP;

        /** No other is asked for, and in one that we cannot open links would stay as they are. */
        static Coding of(@Nullable String header) {
            String name = header == null ? "" : header.strip().toLowerCase(Locale.ROOT);
            return switch (name) {
                case "", "identity" -> IDENTITY;
                case "gzip", "x-gzip" -> GZIP;
                default -> throw unreadable("it is compressed in a way that was not asked for");
            };
        }
    }

    /**
     * How long a compressed answer may be once it is unpacked.
     *
     * @param bytes with which it is still passed on
     */
    record MostUnpacked(long bytes) {

        /** Many times what any document of Qlik's has. */
        static final MostUnpacked DEFAULT = new MostUnpacked(256L * 1024 * 1024);
    }
}
