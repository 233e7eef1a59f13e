package io.qlikbridge.front;

import io.qlikbridge.directread.AnswerForm;
import io.qlikbridge.eventloop.AnswerBuffer;
import io.qlikbridge.failure.BrowserHeaders;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import org.apache.tomcat.util.http.parser.MediaTypeCache;
import org.jspecify.annotations.Nullable;

/** The head of an answer of the front's own, as the application and Tomcat would write it. For one event loop. */
final class AnswerHeaders {

    /** In place of a length: of a body that comes in chunks. */
    static final long CHUNKED = -1;

    /** In place of a length: of an answer without a body. */
    static final long NO_BODY = -2;

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private static final int TYPES = 100;

    private final Clock clock;
    private final int keepAliveSeconds;
    private final byte[] varying;
    private final MediaTypeCache types = new MediaTypeCache(TYPES);
    private final byte[][] forBrowsers = new byte[16][];
    private final AnswerBuffer head = new AnswerBuffer(1_024);
    private long second;
    private String date = "";

    /** @param origins whether pages of other origins may call, so that answers differ by who calls */
    AnswerHeaders(Clock clock, int keepAliveSeconds, boolean origins) {
        this.clock = clock;
        this.keepAliveSeconds = keepAliveSeconds;
        AnswerBuffer lines = new AnswerBuffer(128);
        if (origins) {
            add(lines, "Vary", "Origin");
            add(lines, "Vary", "Access-Control-Request-Method");
            add(lines, "Vary", "Access-Control-Request-Headers");
        }
        this.varying = Arrays.copyOf(lines.bytes(), lines.length());
    }

    /**
     * @param secure whether the caller came by TLS
     * @param keepAliveAsked whether the caller has asked for what HTTP/1.1 does anyway
     * @param length of the body; {@link #CHUNKED} or {@link #NO_BODY}
     * @return the head with its empty line, as it is until the next one is made
     */
    AnswerBuffer head(AnswerForm form, String requestId, boolean secure, boolean keepAliveAsked, long length) {
        AnswerBuffer out = head;
        out.clear();
        out.add("HTTP/1.1 ").add(Integer.toString(form.status())).add(" \r\n");
        add(out, "X-Request-Id", requestId);
        Own own = new Own();
        form.headers(own::add);
        if (!own.varies) {
            out.write(varying, 0, varying.length);
        }
        out.add(own.lines);
        byte[] browsers = forBrowsers(form.status(), secure, own);
        out.write(browsers, 0, browsers.length);
        if (own.type != null) {
            add(out, "Content-Type", written(own.type));
        }
        if (length >= 0) {
            add(out, "Content-Length", Long.toString(length));
        } else if (length == CHUNKED) {
            add(out, "Transfer-Encoding", "chunked");
        }
        add(out, "Date", date());
        if (keepAliveAsked) {
            add(out, "Keep-Alive", "timeout=" + keepAliveSeconds);
            add(out, "Connection", "keep-alive");
        }
        return out.add("\r\n");
    }

    private static void add(AnswerBuffer out, String name, String value) {
        out.add(name).add(": ").add(value).add("\r\n");
    }

    /** What the answer says itself. */
    private static final class Own {

        private final AnswerBuffer lines = new AnswerBuffer(256);
        private boolean varies;
        private boolean cached;
        private boolean policy;
        private @Nullable String type;

        private void add(String name, String value) {
            if (name.equals("Content-Type")) {
                type = value;
                return;
            }
            varies |= name.equals("Vary");
            cached |= name.equals("Cache-Control");
            policy |= name.equals("Content-Security-Policy");
            AnswerHeaders.add(lines, name, value);
        }
    }

    private byte[] forBrowsers(int status, boolean secure, Own own) {
        int which = (secure ? 1 : 0) | (own.cached ? 2 : 0) | (own.policy ? 4 : 0) | (status == 304 ? 8 : 0);
        byte[] known = forBrowsers[which];
        if (known == null) {
            AnswerBuffer lines = new AnswerBuffer(512);
            BrowserHeaders.put(
                    secure,
                    status,
                    name -> name.equals("Cache-Control") && own.cached
                            || name.equals("Content-Security-Policy") && own.policy,
                    (name, value) -> add(lines, name, value));
            known = Arrays.copyOf(lines.bytes(), lines.length());
            forBrowsers[which] = known;
        }
        return known;
    }

    /** As Tomcat writes a type that it was given. */
    private String written(String type) {
        String[] parts = types.parse(type);
        return parts == null ? type : parts[1] == null ? parts[0] : parts[0] + ";charset=" + parts[1];
    }

    private String date() {
        long now = clock.millis() / 1000;
        if (now != second) {
            second = now;
            date = DATE.format(Instant.ofEpochSecond(now));
        }
        return date;
    }
}
