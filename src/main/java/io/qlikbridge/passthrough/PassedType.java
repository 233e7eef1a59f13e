package io.qlikbridge.passthrough;

import io.qlikbridge.tenant.RelayedAnswer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeTypeUtils;

/**
 * What an answer says its body is. JSON is in UTF-8 (RFC 8259, section 8.1): in another encoding a client would read links that
 * we do not see. A success that says nothing is told to be JSON, and a page is no answer of an API.
 */
record PassedType(@Nullable String value) {

    /** What has the characters of JSON, and of addresses, where UTF-8 has them, and nothing else there. */
    private static final Set<Charset> READABLE = Set.of(
            StandardCharsets.UTF_8,
            StandardCharsets.US_ASCII,
            StandardCharsets.ISO_8859_1,
            Charset.forName("windows-1252"));

    private static final Pattern CHARSET = Pattern.compile("(?i)charset");

    private static final Set<String> PAGES = Set.of("html", "xhtml+xml");

    static PassedType of(RelayedAnswer answer) {
        String value = answer.header(HttpHeaders.CONTENT_TYPE);
        boolean success = answer.status() / 100 == 2;
        if (value == null || value.isBlank()) {
            return new PassedType(answer.length() == 0 || !success ? null : MediaType.APPLICATION_JSON_VALUE);
        }
        MediaType type;
        try {
            type = MediaType.asMediaType(MimeTypeUtils.parseMimeType(value));
            boolean once = CHARSET.matcher(value).results().limit(2).count() < 2;
            if (!once || type.getCharset() != null && !READABLE.contains(type.getCharset())) {
                throw PassedAnswer.unreadable("it says that it is in another encoding than UTF-8");
            }
        } catch (InvalidMimeTypeException malformed) {
            throw PassedAnswer.unreadable("its Content-Type is none");
        }
        if (success && answer.length() != 0 && PAGES.contains(type.getSubtype())) {
            throw PassedAnswer.unreadable("it is a page instead of JSON");
        }
        return new PassedType(value);
    }
}
