package io.qlikbridge.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;

/**
 * What a tenant answered, as far as it is wanted. Headers, body and document may hold a credential.
 *
 * @param body of anything but a success
 * @param document of a success; {@code null} where that has no body
 */
public record TenantAnswer(
        HttpStatusCode status, HttpHeaders headers, byte[] body, Excerpt.@Nullable Reading document) {

    public TenantAnswer(HttpStatusCode status, HttpHeaders headers, byte[] body) {
        this(status, headers, body, null);
    }

    /** Whether it is HTML or XML, whatever it calls itself. */
    public boolean isPage() {
        String type = headers.getFirst(HttpHeaders.CONTENT_TYPE);
        boolean noJson = body.length > 0 || document != null && document.object() == null;
        return isMarkup(body)
                || document != null && document.page()
                || type != null && type.toLowerCase(Locale.ROOT).contains("html") && noJson;
    }

    /** The first characters of the body of a refusal. */
    public String beginning() {
        return beginning(body);
    }

    /** Whether a body begins like HTML or XML. */
    static boolean isMarkup(byte[] body) {
        return beginning(body).startsWith("<");
    }

    private static String beginning(byte[] body) {
        return new String(body, 0, Math.min(body.length, 200), StandardCharsets.UTF_8)
                .replace("\uFEFF", "")
                .strip();
    }

    @Override
    public String toString() {
        return "CloudAnswer[status=" + status.value() + "]";
    }
}
