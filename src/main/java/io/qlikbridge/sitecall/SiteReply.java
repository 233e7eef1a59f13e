package io.qlikbridge.sitecall;

import io.qlikbridge.tenant.RelayedAnswer;
import io.qlikbridge.upstream.TenantAnswer;
import io.qlikbridge.upstream.UpstreamErrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * What a site answered, as far as it tells whether a call was let in.
 *
 * @param beginning of the body; of a success, where that was not needed, nothing
 */
public record SiteReply(int status, @Nullable String contentType, String beginning, HttpHeaders headers) {

    private static final int MOST = 4 * 1024;

    private static final Pattern UNKNOWN_USER = Pattern.compile(
            "(?i)(unknown|no such|invalid|unauthorized) user|user\\b.{0,80}\\b(not found|unknown|not exist|no such|not known)");

    public static SiteReply of(TenantAnswer answer) {
        return new SiteReply(
                answer.status().value(),
                answer.headers().getFirst(HttpHeaders.CONTENT_TYPE),
                answer.isPage() ? "<" + answer.beginning() : answer.beginning(),
                answer.headers());
    }

    /** Of an answer that is here as a whole, and may be used all the same. */
    public static SiteReply peekingInto(RelayedAnswer whole) {
        whole.body().mark(MOST);
        SiteReply reply = readingInto(whole);
        try {
            whole.body().reset();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return reply;
    }

    /** Reads the beginning of an answer that is not going to be used. */
    public static SiteReply readingInto(RelayedAnswer answer) {
        try {
            return headOf(answer, new String(answer.body().readNBytes(MOST), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            if (broken.getCause() instanceof RuntimeException told) {
                throw told;
            }
            throw new UncheckedIOException(broken);
        }
    }

    public static SiteReply headOf(RelayedAnswer answer, String beginning) {
        HttpHeaders headers = new HttpHeaders();
        for (String name : new String[] {HttpHeaders.RETRY_AFTER, HttpHeaders.DATE, HttpHeaders.LOCATION}) {
            String value = answer.header(name);
            if (value != null) {
                headers.set(name, value);
            }
        }
        return new SiteReply(answer.status(), answer.header(HttpHeaders.CONTENT_TYPE), beginning, headers);
    }

    public boolean isSuccess() {
        return status / 100 == 2 && !isPage();
    }

    public boolean isRedirect() {
        return status / 100 == 3 && status != 304;
    }

    boolean isJson() {
        return contentType != null && contentType.toLowerCase(Locale.ROOT).contains("json");
    }

    /** HTML or XML, whatever it calls itself. */
    public boolean isPage() {
        return contentType != null && contentType.toLowerCase(Locale.ROOT).contains("html")
                || beginning.replace("\uFEFF", "").stripLeading().startsWith("<");
    }

    /** A page to sign in on, or the way there. */
    public boolean isSignIn() {
        return isRedirect() || status / 100 == 2 && isPage();
    }

    public boolean isForged() {
        return status >= 400 && beginning.toUpperCase(Locale.ROOT).contains("XSRF");
    }

    public boolean namesUnknownUser() {
        return status >= 400 && UNKNOWN_USER.matcher(beginning).find();
    }

    public Duration retryAfter() {
        return UpstreamErrors.retryAfter(headers);
    }

    @Override
    public String toString() {
        return "SiteReply[status=" + status + "]";
    }
}
