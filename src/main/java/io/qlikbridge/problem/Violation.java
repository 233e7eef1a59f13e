package io.qlikbridge.problem;

import java.nio.charset.StandardCharsets;
import org.springframework.web.util.UriUtils;

/**
 * One thing wrong with a request.
 *
 * @param pointer where: a JSON pointer as a URI fragment ({@code #/apiKeyExpiry}) for a body, the name for a parameter
 * @param detail what to change
 */
public record Violation(String pointer, String detail) {

    /** The pointer to a member of a property, whatever characters its key has (RFC 6901, sections 3 and 6). */
    public static String pointer(String property, String key) {
        String token = key.replace("~", "~0").replace("/", "~1");
        return "#/" + property + "/" + UriUtils.encode(token, StandardCharsets.UTF_8);
    }
}
